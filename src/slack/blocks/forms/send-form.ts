import type { KnownBlock, ModalView } from '@slack/types';
import { type Audience, EVERYBODY } from '../../../domain/audience';
import { VIEWS } from '../action-ids';
import { context, divider, plain, section } from '../elements';
import { name, names, plainName, unixTime } from '../words';
import {
  type AudienceChoices,
  audienceInputs,
  groupInput,
  readAudienceInputs,
  SEND_BLOCKS as BLOCKS,
} from './send-audience';
import { input, offer, option } from './inputs';
import { chosenIn, timeIn } from './view-values';
import type { ViewValues } from './view-values';

export interface SendFormOptions extends AudienceChoices {
  readonly templates: readonly {
    readonly id: number;
    readonly name: string;
    /** Where templates are reviewed: which version would be sent, and the newer one that waits for its reviewer. */
    readonly version?: number;
    readonly waiting?: number | null;
  }[];
  /** Where the form was opened; comes back with the submission. */
  readonly place: string;
  readonly initialTemplateId?: number;
  /** What was typed with the command, or chosen before. */
  readonly initial?: SendDraft;
  /** The send that a submission takes the place of. */
  readonly replaces?: number;
  /** That send waits, for approval or for its time. */
  readonly isWaiting?: boolean;
  /** The clinic's. */
  readonly timeZone: string;
}

export interface SendDraft {
  readonly templateId?: number;
  readonly audience: Audience;
  readonly startAt: Date | null;
  readonly atClose?: 'CARRY_OVER' | 'EXPIRE';
  /** Groups that it went to and that are not there any more. */
  readonly goneGroups?: readonly string[];
}

export interface SendRequest {
  readonly templateId: number;
  readonly audience: Audience;
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
}

export const sendForm = (options: SendFormOptions): ModalView => {
  const missing = whatIsMissing(options);
  const { place, replaces } = options;
  return {
    type: 'modal',
    callback_id: VIEWS.send,
    private_metadata: JSON.stringify({ place, ...(replaces !== undefined && { replaces }) }),
    title: plain('Send outreach', 24),
    close: plain('Cancel', 24),
    ...(missing.length === 0 && { submit: plain('Preview', 24) }),
    blocks: missing.length > 0 ? missing : fieldsOf(options),
  };
};

const TAKES_BACK =
  '⚠️ *Preview* takes the send that waits back: its approval is void, and it goes out only when you send what you see next. *Cancel* leaves it as it is.';

const fieldsOf = (options: SendFormOptions): KnownBlock[] => {
  const audience = options.initial?.audience ?? EVERYBODY;
  return [
    ...(options.isWaiting === true ? [section(TAKES_BACK)] : []),
    ...notTakenOver(options),
    templateInput(options),
    groupInput(options.groups, audience),
    ...whenAndHow(options),
    divider(),
    context('To narrow it down, or to send to somebody else than a group: all of this may be left as it is.'),
    ...audienceInputs(options, audience),
  ];
};

/** What of a draft does not stand in its form: said, as otherwise fewer people would be texted and nobody would know. */
const notTakenOver = ({ initial, replaces }: SendFormOptions): KnownBlock[] => {
  if (initial === undefined || replaces === undefined) return [];
  const { goneGroups = [], audience } = initial;
  const lines = [
    goneGroups.length === 0
      ? ''
      : `⚠️ ${names(goneGroups)} ${goneGroups.length === 1 ? 'was' : 'were'} deleted since: changed, this send no longer goes to ${goneGroups.length === 1 ? 'its' : 'their'} patients.`,
    audience.file === null
      ? ''
      : `⚠️ Choose the file ${name(audience.file.name)} again, further down: a form forgets it.`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
};

/** Slack refuses an empty menu; and there is nothing to choose. */
const whatIsMissing = ({ templates, groups }: SendFormOptions): KnownBlock[] => [
  ...(templates.length === 0 ? [section('There is no template yet. Write one with `/outreach template new`.')] : []),
  ...(groups.length === 0 ? [section('There are no patients yet. Bring them in with `/outreach import`.')] : []),
];

const templateInput = ({ templates, initialTemplateId, initial }: SendFormOptions): KnownBlock => {
  const offered = templates.map(({ id, name, version, waiting }) => {
    const note = waiting == null ? '' : ` (version ${version}; ${waiting} waits for review)`;
    return option(`${plainName(name, note === '' ? 75 : 40)}${note}`, id);
  });
  const chosen = offered.find(({ value }) => value === String(initial?.templateId ?? initialTemplateId));
  return input({
    block: BLOCKS.template,
    label: 'Template',
    element: { type: 'static_select', ...offer(offered), ...(chosen && { initial_option: chosen }) },
  });
};

const NOW = option('Now', 'now');
const LATER = option('At a set time', 'later');
const CARRY_OVER = option('goes on next morning', 'CARRY_OVER');
const EXPIRE = option('is not sent', 'EXPIRE');

const whenAndHow = ({ timeZone, initial }: SendFormOptions): KnownBlock[] => {
  const startAt = initial?.startAt ?? null;
  return [
    input({
      block: BLOCKS.when,
      label: 'When',
      element: { type: 'radio_buttons', options: [NOW, LATER], initial_option: startAt === null ? NOW : LATER },
    }),
    input({
      block: BLOCKS.startAt,
      label: 'Start at (your own time)',
      hint: `The clinic’s time zone is ${timeZone}. Each patient is texted only inside the texting window where they live.`,
      optional: true,
      element: { type: 'datetimepicker', ...(startAt && { initial_date_time: unixTime(startAt) }) },
    }),
    input({
      block: BLOCKS.atClose,
      label: 'What is not sent by closing time',
      element: {
        type: 'radio_buttons',
        options: [CARRY_OVER, EXPIRE],
        initial_option: initial?.atClose === 'EXPIRE' ? EXPIRE : CARRY_OVER,
      },
    }),
  ];
};

export type SendFormResult =
  { readonly ok: true; readonly value: SendRequest } | { readonly ok: false; readonly errors: Record<string, string> };

/** A time beside "Now" is refused, too: it would be sent at once to people who were to get it tomorrow. */
export const readSendForm = (values: ViewValues): SendFormResult => {
  const template = chosenIn(values, BLOCKS.template);
  const templateId = template !== undefined && /^\d{1,15}$/.test(template) ? Number(template) : undefined;
  const read = readAudienceInputs(values);
  const later = chosenIn(values, BLOCKS.when) === 'later';
  const time = timeIn(values, BLOCKS.startAt);
  const errors: Record<string, string> = {
    ...(templateId === undefined && { [BLOCKS.template]: 'Choose a template.' }),
    ...(!read.ok && read.errors),
    ...(later && time === null && { [BLOCKS.startAt]: 'Say when it starts, or choose “Now”.' }),
    ...(!later && time !== null && { [BLOCKS.when]: 'Choose “At a set time”, or clear the time below.' }),
  };
  if (templateId === undefined || !read.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const atClose = chosenIn(values, BLOCKS.atClose) === 'EXPIRE' ? 'EXPIRE' : 'CARRY_OVER';
  return { ok: true, value: { templateId, audience: read.audience, startAt: time, atClose } };
};

/** What was found wrong after reading, placed under its field. */
export const sendFormError = (field: keyof typeof BLOCKS, error: string): Record<string, string> => ({
  [BLOCKS[field]]: error,
});
