import type { KnownBlock } from '@slack/types';
import type { ImportCard, ImportSummary } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, context, paragraphs, section } from './elements';
import { count, escape, link, name, names, plural, user } from './words';

export const importBlocks = (card: ImportCard): KnownBlock[] => {
  switch (card.state) {
    case 'READING':
      return [section(`Reading ${name(card.fileName)} …`), broughtBy(card), ...actions(cancelButton(card))];
    case 'NEEDS_COLUMNS':
      return [section(`${name(card.fileName)}: ${problemOf(card)}`), broughtBy(card)];
    case 'READY':
      return readyBlocks(card);
    case 'APPLYING':
      return [section(`Saving ${name(card.fileName)}: ${newAndChanged(card.summary)} …`), broughtBy(card)];
    case 'APPLIED':
      return [
        ...paragraphs([
          `✅ *${newAndChanged(card.summary)}*: ${name(card.fileName)} is imported.`,
          leftOut(card.summary),
          ...reasonLines(card.summary),
        ]),
        ...after(card),
      ];
    case 'CANCELED':
      return [section(`Canceled: nothing from ${name(card.fileName)} was saved.`), ...after(card)];
    case 'UNDONE':
      return [section(`Undone: what ${name(card.fileName)} had changed is as it was before.`), ...after(card)];
    case 'REFUSED':
      return [section(`⚠️ ${name(card.fileName)} was not imported. ${problemOf(card)}`), ...after(card)];
  }
};

const readyBlocks = (card: ImportCard): KnownBlock[] => {
  const { summary } = card;
  const nothing = summary.new + summary.changed === 0;
  const title = nothing ? `Nothing to do: ${nothingIn(summary)}` : `*${allCounts(summary)}*`;
  return [
    section(title),
    ...paragraphs(details(summary)),
    ...(nothing ? after(card) : [context('Nothing is saved before somebody presses Confirm.', fromFile(card))]),
    ...(nothing ? [] : actions(confirmButton(card), cancelButton(card))),
  ];
};

const allCounts = (summary: ImportSummary): string =>
  [
    newAndChanged(summary),
    `${count(summary.unchanged)} unchanged`,
    `${count(summary.rejected)} rejected`,
    ...(summary.duplicate > 0 ? [`${count(summary.duplicate)} in the file twice`] : []),
  ].join(', ');

const nothingIn = ({ rows, unchanged, rejected, duplicate }: ImportSummary): string => {
  if (rows === 0) return 'the file holds no patients.';
  if (unchanged === 0) return `none of the ${plural(rows, 'row')} can be used.`;
  const left = rejected + duplicate === 0 ? '' : ` ${plural(rejected + duplicate, 'row')} cannot be used.`;
  return `${plural(unchanged, 'patient')} in the file, all known and unchanged.${left}`;
};

const leftOut = ({ rejected, duplicate }: ImportSummary): string =>
  rejected + duplicate === 0 ? '' : `${plural(rejected + duplicate, 'row')} could not be used:`;

const MOST_REASONS = 10;

const reasonLines = ({ reasons }: ImportSummary): string[] => [
  ...reasons.slice(0, MOST_REASONS).map(reasonLine),
  ...(reasons.length > MOST_REASONS ? [`• and ${plural(reasons.length - MOST_REASONS, 'more reason')}`] : []),
];

const details = (summary: ImportSummary): string[] => [
  ...reasonLines(summary),
  ...(summary.sharedNumbers > 0
    ? [`• ${plural(summary.sharedNumbers, 'number is', 'numbers are')} shared by several patients, which is fine.`]
    : []),
  ...(summary.optedOut > 0
    ? [
        `• ${plural(summary.optedOut, 'patient is', 'patients are')} marked as opted out in the file: they will not be texted.`,
      ]
    : []),
  ...(summary.groups.length > 0 ? [`• ${plural(summary.groups.length, 'group')}: ${names(summary.groups)}`] : []),
  ...changesLines(summary),
];

const reasonLine = ({ reason, count: rows, lines }: ImportSummary['reasons'][number]): string => {
  const more = rows > lines.length ? ' …' : '';
  const where = lines.length === 0 ? '' : ` (${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${more})`;
  return `• ${plural(rows, 'row')}: ${name(reason, 200)}${where}`;
};

const changesLines = ({ changes, changed }: ImportSummary): string[] =>
  changes.length === 0
    ? []
    : [
        '*What changes*',
        ...changes.slice(0, 10).map((change) => `• ${name(change, 150)}`),
        ...(changed > changes.length ? [`• and ${plural(changed - changes.length, 'patient')} more`] : []),
      ];

const newAndChanged = (summary: ImportSummary): string =>
  `${count(summary.new)} new, ${count(summary.changed)} changed`;

const problemOf = ({ problem }: ImportCard): string => escape(problem ?? 'It cannot be read.');

const broughtBy = ({ requestedBy }: ImportCard): KnownBlock => context(`Brought by ${user(requestedBy)}`);

const fromFile = ({ fileName, requestedBy }: ImportCard): string =>
  `${name(fileName)}, brought by ${user(requestedBy)}`;

/** Who decided, and the one thing that an app cannot do. */
const after = (card: ImportCard): KnownBlock[] => {
  const file = link(card.filePermalink, 'the file');
  return [
    section(
      `${user(card.requestedBy)}, please delete ${file} from Slack: it holds patients’ data, and an app cannot delete it for you.`,
    ),
    context(
      card.decidedBy === null ? '' : `${VERB[card.state] ?? 'Decided'} by ${user(card.decidedBy)}`,
      fromFile(card),
    ),
  ];
};

const VERB: Partial<Record<ImportCard['state'], string>> = {
  APPLIED: 'Confirmed',
  CANCELED: 'Canceled',
  UNDONE: 'Undone',
};

const confirmButton = ({ importId }: ImportCard) =>
  button({ label: 'Confirm', action: ACTIONS.importConfirm, value: String(importId), style: 'primary' });

const cancelButton = ({ importId }: ImportCard) =>
  button({ label: 'Cancel', action: ACTIONS.importCancel, value: String(importId) });
