import type { KnownBlock, ModalView } from '@slack/types';
import type { GroupRow } from '../../../domain/cards/card';
import { VIEWS } from '../action-ids';
import { plain, section } from '../elements';
import { count, plainName } from '../words';
import { input, offer, option } from './inputs';
import { allChosenIn, chosenIn, timeIn } from './view-values';
import type { ViewValues } from './view-values';

export interface SendFormOptions {
  readonly templates: readonly {
    readonly id: number;
    readonly name: string;
    /** Where templates are reviewed: which version would be sent, and the newer one that waits for its reviewer. */
    readonly version?: number;
    readonly waiting?: number | null;
  }[];
  readonly groups: readonly GroupRow[];
  /** Where the form was opened; comes back with the submission. */
  readonly place: string;
  readonly initialTemplateId?: number;
  /** The clinic's. */
  readonly timeZone: string;
}

export interface SendRequest {
  readonly templateId: number;
  readonly groupIds: number[];
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
}

const BLOCKS = {
  template: 'send_template',
  groups: 'send_groups',
  when: 'send_when',
  startAt: 'send_start_at',
  atClose: 'send_at_close',
} as const;

export const sendForm = (options: SendFormOptions): ModalView => {
  const missing = whatIsMissing(options);
  return {
    type: 'modal',
    callback_id: VIEWS.send,
    private_metadata: JSON.stringify({ place: options.place }),
    title: plain('Send outreach', 24),
    close: plain('Cancel', 24),
    ...(missing.length === 0 && { submit: plain('Preview', 24) }),
    blocks: missing.length > 0 ? missing : [...whatAndWhom(options), ...whenAndHow(options)],
  };
};

/** Slack refuses an empty menu; and there is nothing to choose. */
const whatIsMissing = ({ templates, groups }: SendFormOptions): KnownBlock[] => [
  ...(templates.length === 0 ? [section('There is no template yet. Write one with `/outreach template new`.')] : []),
  ...(groups.length === 0 ? [section('There are no patients yet. Bring them in with `/outreach import`.')] : []),
];

const whatAndWhom = ({ templates, groups, initialTemplateId }: SendFormOptions): KnownBlock[] => {
  const offered = templates.map(({ id, name, version, waiting }) => {
    const note = waiting == null ? '' : ` (version ${version}; ${waiting} waits for review)`;
    return option(`${plainName(name, note === '' ? 75 : 40)}${note}`, id);
  });
  const initial = offered.find(({ value }) => value === String(initialTemplateId));
  return [
    input({
      block: BLOCKS.template,
      label: 'Template',
      element: {
        type: 'static_select',
        ...offer(offered),
        ...(initial && { initial_option: initial }),
      },
    }),
    input({
      block: BLOCKS.groups,
      label: 'Groups',
      hint: 'Who is in several of them gets the text once.',
      element: { type: 'multi_static_select', ...offer(groups.map(groupOption)) },
    }),
  ];
};

/** The number stays whole, however long the name. */
const groupOption = ({ id, name, members }: GroupRow) => {
  const size = ` (${count(members)})`;
  return option(plainName(name, 75 - size.length) + size, id);
};

const NOW = option('Now', 'now');
const LATER = option('At a set time', 'later');
const CARRY_OVER = option('goes on next morning', 'CARRY_OVER');
const EXPIRE = option('is not sent', 'EXPIRE');

const whenAndHow = ({ timeZone }: SendFormOptions): KnownBlock[] => [
  input({
    block: BLOCKS.when,
    label: 'When',
    element: { type: 'radio_buttons', options: [NOW, LATER], initial_option: NOW },
  }),
  input({
    block: BLOCKS.startAt,
    label: 'Start at (your own time)',
    hint: `The clinic’s time zone is ${timeZone}. Each patient is texted only inside the texting window where they live.`,
    optional: true,
    element: { type: 'datetimepicker' },
  }),
  input({
    block: BLOCKS.atClose,
    label: 'What is not sent by closing time',
    element: { type: 'radio_buttons', options: [CARRY_OVER, EXPIRE], initial_option: CARRY_OVER },
  }),
];

export type SendFormResult =
  { readonly ok: true; readonly value: SendRequest } | { readonly ok: false; readonly errors: Record<string, string> };

/** A time beside "Now" is refused, too: it would be sent at once to people who were to get it tomorrow. */
export const readSendForm = (values: ViewValues): SendFormResult => {
  const templateId = idOf(chosenIn(values, BLOCKS.template));
  const groupIds = allChosenIn(values, BLOCKS.groups).flatMap((value) => idOf(value) ?? []);
  const later = chosenIn(values, BLOCKS.when) === 'later';
  const time = timeIn(values, BLOCKS.startAt);
  const errors: Record<string, string> = {
    ...(templateId === undefined && { [BLOCKS.template]: 'Choose a template.' }),
    ...(groupIds.length === 0 && { [BLOCKS.groups]: 'Choose at least one group.' }),
    ...(later && time === null && { [BLOCKS.startAt]: 'Say when it starts, or choose “Now”.' }),
    ...(!later && time !== null && { [BLOCKS.when]: 'Choose “At a set time”, or clear the time below.' }),
  };
  if (templateId === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  const atClose = chosenIn(values, BLOCKS.atClose) === 'EXPIRE' ? 'EXPIRE' : 'CARRY_OVER';
  return { ok: true, value: { templateId, groupIds, startAt: time, atClose } };
};

/** What was found wrong after reading, placed under its field. */
export const sendFormError = (field: keyof typeof BLOCKS, error: string): Record<string, string> => ({
  [BLOCKS[field]]: error,
});

const idOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
