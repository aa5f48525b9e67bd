import type { ActionsBlock, KnownBlock, StaticSelect } from '@slack/types';
import { type ImportCard, type ImportSummary, MOST_REJECTED_ROWS } from '../../domain/cards/import-card';
import { ACTIONS } from './action-ids';
import { actions, button, confirmation, context, paragraphs, plain, section } from './elements';
import { allCounts, columnsLine, details, newAndChanged, nothingIn, questionLine, reasonLines } from './import-preview';
import { bar, clockTime, count, escape, link, name, plural, user } from './words';

export const importBlocks = (card: ImportCard): KnownBlock[] => {
  switch (card.state) {
    case 'READING':
      return [section(`Reading ${name(card.fileName)} …${progress(card)}`), broughtBy(card), ...actions(cancel(card))];
    case 'NEEDS_COLUMNS':
      return questionBlocks(card);
    case 'READY':
      return readyBlocks(card);
    case 'APPLYING':
      return [
        section(`Saving ${name(card.fileName)}: ${newAndChanged(card.summary)} …${saved(card)}`),
        broughtBy(card),
      ];
    case 'APPLIED':
      return appliedBlocks(card);
    case 'UNDOING':
      return [section(`Taking back what ${name(card.fileName)} changed …${saved(card)}`), broughtBy(card)];
    case 'CANCELED':
      return [section(`Canceled: nothing from ${name(card.fileName)} was saved.`), ...after(card)];
    case 'UNDONE':
      return [...paragraphs(undoneLines(card)), ...after(card)];
    case 'REFUSED':
      return [section(`⚠️ ${name(card.fileName)} was not imported. ${problemOf(card)}`), ...after(card)];
  }
};

const progress = ({ progress: { rows, percent } }: ImportCard): string => {
  if (rows === 0) return '';
  return `\n${percent === null ? '' : `${bar(percent, 100)}  ·  `}${plural(rows, 'row')} read`;
};

const saved = ({ percentSaved }: ImportCard): string => (percentSaved === null ? '' : `\n${bar(percentSaved, 100)}`);

const questionBlocks = (card: ImportCard): KnownBlock[] => {
  const onlyIdIsMissing = card.questions.every(({ problem }) => problem === 'NO_ID_COLUMN');
  return [
    section(`*Which column is which?* ${name(card.fileName)} does not say.`),
    ...paragraphs(card.questions.map(questionLine)),
    context('Your answer is remembered for the next file with the same header.', broughtByWords(card)),
    ...actions(
      button({ label: 'Choose columns', action: ACTIONS.importColumns, value: id(card), style: 'primary' }),
      onlyIdIsMissing &&
        button({ label: 'The mobile number is the id', action: ACTIONS.importPhoneIsId, value: id(card) }),
      cancel(card),
    ),
    ...choices(card),
  ];
};

const readyBlocks = (card: ImportCard): KnownBlock[] => {
  const { summary } = card;
  const nothing = summary.new + summary.changed === 0;
  const title = nothing ? `Nothing to do: ${nothingIn(summary)}` : `*${allCounts(summary)}*`;
  const columns = button({ label: 'Columns', action: ACTIONS.importColumns, value: id(card) });
  return [
    section(title),
    ...paragraphs(details(card)),
    ...(columnsLine(card) === '' ? [] : [context(columnsLine(card))]),
    ...rejectedFile(card),
    ...(nothing ? after(card) : [context('Nothing is saved before somebody presses Confirm.', fromFile(card))]),
    ...(nothing ? actions(summary.rejected > 0 && columns) : actions(confirm(card), cancel(card), columns)),
    ...(summary.rows > 0 ? choices(card) : []),
  ];
};

const rejectedFile = ({ summary: { rejected, duplicate }, rejectedGo, requestedBy }: ImportCard): KnownBlock[] => {
  const left = rejected + duplicate;
  if (left === 0) return [];
  const file =
    rejectedGo === 'TO_THREAD' ? 'in a file in this thread' : `in a file in ${user(requestedBy)}’s DM with the app`;
  const rows =
    left > MOST_REJECTED_ROWS
      ? `The first ${count(MOST_REJECTED_ROWS)} of the ${count(left)} rows left out are`
      : `The ${plural(left, 'row')} left out ${left === 1 ? 'is' : 'are'}`;
  return [context(`${rows} ${file}: mend it and drop it again.`)];
};

const appliedBlocks = (card: ImportCard): KnownBlock[] => [
  ...paragraphs([
    `✅ *${newAndChanged(card.summary)}*: ${name(card.fileName)} is imported.`,
    leftOut(card.summary),
    ...reasonLines(card.summary),
  ]),
  ...after(card),
  ...undo(card),
];

/** For an hour. */
const undo = (card: ImportCard): KnownBlock[] => {
  if (card.undoUntil === null) return [];
  const sure = confirmation({
    title: 'Undo this import?',
    text: 'New patients leave the books, changed ones are as they were. Who was texted or changed since stays as they are, and opt-outs stay.',
    confirm: 'Undo',
    deny: 'Keep',
    style: 'danger',
  });
  return [
    ...actions(button({ label: 'Undo', action: ACTIONS.importUndo, value: id(card), confirm: sure })),
    context(`It can be undone until ${clockTime(card.undoUntil)}.`),
  ];
};

/** What was put back, and who was left alone and why. */
const undoneLines = ({ fileName, undone, summary }: ImportCard): string[] => {
  if (undone === null) return [`Undone: what ${name(fileName)} had changed is as it was before.`];
  const { removed, restored, changedSince, textedSince } = undone;
  return [
    `*${plural(removed, 'patient')} removed, ${count(restored)} as before*: ${name(fileName)} is undone.`,
    changedSince > 0
      ? `• ${plural(changedSince, 'patient stays', 'patients stay')} as they are: somebody changed them since.`
      : '',
    textedSince > 0
      ? `• ${plural(textedSince, 'new patient stays', 'new patients stay')}: they were texted, or wrote, since.`
      : '',
    summary.optedOut > 0 ? '• Opt-outs that the file brought stay: only the patient, or an admin, takes one back.' : '',
  ];
};

const leftOut = ({ rejected, duplicate }: ImportSummary): string =>
  rejected + duplicate === 0 ? '' : `${plural(rejected + duplicate, 'row')} could not be used:`;

/** Who the people are, and what becomes of their groups. */
const choices = (card: ImportCard): ActionsBlock[] =>
  actions(
    choice(ACTIONS.importPeople, {
      now: card.people,
      values: [
        ['PATIENT', 'They are patients'],
        ['STAFF', 'They are staff'],
      ],
      of: card,
    }),
    card.state === 'READY' &&
      card.summary.groups.length > 0 &&
      choice(ACTIONS.importGroups, {
        now: card.replaceGroups ? 'REPLACE' : 'ADD',
        values: [
          ['ADD', 'Groups are added'],
          ['REPLACE', 'Groups are replaced'],
        ],
        of: card,
      }),
  );

const choice = (
  action: string,
  { now, values, of }: { now: string; values: readonly (readonly [string, string])[]; of: ImportCard },
): StaticSelect => {
  const options = values.map(([value, label]) => ({ text: plain(label, 75), value: `${of.importId}:${value}` }));
  const initial = options.find(({ value }) => value === `${of.importId}:${now}`);
  return { type: 'static_select', action_id: action, options, ...(initial && { initial_option: initial }) };
};

const problemOf = ({ problem }: ImportCard): string => escape(problem ?? 'It cannot be read.');

const broughtByWords = ({ requestedBy }: ImportCard): string => `Brought by ${user(requestedBy)}`;

const broughtBy = (card: ImportCard): KnownBlock => context(broughtByWords(card));

const fromFile = ({ fileName, requestedBy }: ImportCard): string =>
  `${name(fileName)}, brought by ${user(requestedBy)}`;

/** Who decided, and the one thing that an app cannot do. */
const after = (card: ImportCard): KnownBlock[] => {
  const file = link(card.filePermalink, 'the file');
  return [
    section(
      `${user(card.requestedBy)}, please delete ${file} from Slack: it holds patients’ data, and an app cannot delete it for you.`,
    ),
    context(whoDecided(card), fromFile(card)),
  ];
};

const whoDecided = ({ state, decidedBy, undone }: ImportCard): string => {
  const who = state === 'UNDONE' ? (undone?.by ?? decidedBy) : decidedBy;
  return who === null ? '' : `${VERB[state] ?? 'Decided'} by ${user(who)}`;
};

const VERB: Partial<Record<ImportCard['state'], string>> = {
  APPLIED: 'Confirmed',
  CANCELED: 'Canceled',
  UNDONE: 'Undone',
};

const id = ({ importId }: ImportCard): string => String(importId);

const confirm = (card: ImportCard) =>
  button({ label: 'Confirm', action: ACTIONS.importConfirm, value: id(card), style: 'primary' });

const cancel = (card: ImportCard) => button({ label: 'Cancel', action: ACTIONS.importCancel, value: id(card) });
