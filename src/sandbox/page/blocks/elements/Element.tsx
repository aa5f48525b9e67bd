import type { ComponentType } from 'react';
import { ButtonElement, FeedbackButtons } from './ButtonElement';
import { Checkboxes, RadioButtons } from './ChoiceList';
import { DatePicker, DateTimePicker, TimePicker } from './DateElements';
import { FileInput } from './FileInput';
import { MultiSelect } from './MultiSelect';
import { Overflow } from './Overflow';
import type { ElementProps } from './props';
import { Select } from './Select';
import { TextInput } from './TextInput';

const DRAWN_BY: Readonly<Record<string, ComponentType<ElementProps>>> = {
  button: ButtonElement,
  workflow_button: ButtonElement,
  icon_button: ButtonElement,
  feedback_buttons: FeedbackButtons,
  static_select: Select,
  users_select: Select,
  channels_select: Select,
  conversations_select: Select,
  multi_static_select: MultiSelect,
  multi_users_select: MultiSelect,
  multi_channels_select: MultiSelect,
  multi_conversations_select: MultiSelect,
  overflow: Overflow,
  datepicker: DatePicker,
  timepicker: TimePicker,
  datetimepicker: DateTimePicker,
  checkboxes: Checkboxes,
  radio_buttons: RadioButtons,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  file_input: FileInput,
};

export function Element(props: ElementProps) {
  const Drawn = DRAWN_BY[props.element.type];
  return Drawn ? <Drawn {...props} /> : <span className="quiet">({props.element.type} is not drawn here)</span>;
}
