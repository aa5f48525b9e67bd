import type { ModalView } from '@slack/types';
import type { PatientCard } from '../../../domain/cards/patient-cards';
import { EDITABLE, type EditableField, type PatientForm } from '../../../domain/patient-edit';
import { VIEWS } from '../action-ids';
import { plain, section } from '../elements';
import { patientFacts } from '../patient-card';
import { language, plainName } from '../words';
import { input } from './inputs';
import { typedIn, type ViewValues } from './view-values';

const blockOf = (field: EditableField): string => `patient_${field}`;

const LABELS: Readonly<Record<EditableField, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Mobile number',
  language: 'Language',
  zip: 'ZIP',
  timeZone: 'Time zone',
};

/** Empty fields, as in a file: a form that came filled in would show what only Reveal shows. */
export const patientForm = (card: PatientCard): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.patient,
  private_metadata: JSON.stringify({ patientId: card.patientId }),
  title: plain('Edit patient', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    section('Fill in only what changes. What stays empty stays as it is; `--` clears it.'),
    ...EDITABLE.map((field) =>
      input({
        block: blockOf(field),
        label: LABELS[field],
        hint: hintOf(field, card),
        optional: true,
        element: { type: 'plain_text_input', max_length: 200 },
      }),
    ),
  ],
});

const hintOf = (field: EditableField, card: PatientCard): string => {
  switch (field) {
    case 'firstName':
    case 'lastName':
      return `Now: ${plainName(card.who, 60)}`;
    case 'phone':
      return `Now: ${card.phone}. Check it twice: texts about this patient go to whoever has this number.`;
    case 'language':
      return card.language === null ? 'Not known. Spanish, or es.' : `Now: ${language(card.language)}`;
    case 'zip':
      return 'Five digits. It tells the time zone, and the state’s texting hours.';
    case 'timeZone':
      return `Now: ${card.zones.join(' and ')} (from ${card.zonesFrom}). Only needed where the ZIP does not tell it.`;
  }
};

export const readPatientFormValues = (values: ViewValues): PatientForm => ({
  firstName: typedIn(values, blockOf('firstName')),
  lastName: typedIn(values, blockOf('lastName')),
  phone: typedIn(values, blockOf('phone')),
  language: typedIn(values, blockOf('language')),
  zip: typedIn(values, blockOf('zip')),
  timeZone: typedIn(values, blockOf('timeZone')),
});

export const patientFormErrors = (errors: Partial<Record<EditableField, string>>): Record<string, string> =>
  Object.fromEntries(
    EDITABLE.flatMap((field) => (errors[field] === undefined ? [] : [[blockOf(field), errors[field]]])),
  );

/** What a form turns into when it is saved: the patient as they are now. `changed`: null when it was the groups. */
export const savedPatientView = (card: PatientCard, changed: readonly EditableField[] | null): ModalView => ({
  type: 'modal',
  title: plain('Patient', 24),
  close: plain('Close', 24),
  blocks: [section(savedLine(changed)), ...patientFacts(card)],
});

const savedLine = (changed: readonly EditableField[] | null): string => {
  if (changed === null) return '✅ Saved.';
  if (changed.length === 0) return 'Nothing was different: the profile is as it was.';
  const number = changed.includes('phone') ? ' What waited for the old number is not sent.' : '';
  return `✅ Saved: ${changed.map((field) => LABELS[field].toLowerCase().replace('zip', 'ZIP')).join(', ')}.${number}`;
};
