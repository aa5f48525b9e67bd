import type { Button, KnownBlock, Overflow } from '@slack/types';
import type { GroupRow } from '../../domain/cards/card';
import type { GroupOutcome, GroupQuestion, GroupRemoval, GroupsPage } from '../../domain/cards/group-cards';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, plain, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { count, name, plural } from './words';

/** The list of groups, what is asked before one is changed, and what became of it. */

const patients = (members: number): string => `*${count(members)}* ${members === 1 ? 'patient' : 'patients'}`;

export const groupsBlocks = (page: GroupsPage, above: KnownBlock[] = []): Message => {
  const { rows, all, words, mayChange } = page;
  const none = 'No groups yet. They come from the group column of the files that you import.';
  return message([
    ...above,
    ...(all === 0 ? [section(none)] : [header(plural(all, 'group'))]),
    ...(words === '' ? [] : [context(`with “${name(words)}” in the name`)]),
    ...rows.map((row) => section(`${patients(row.members)}  ·  ${name(row.name)}`, mayChange ? menu(row) : undefined)),
    ...actions(...turning(page), mayChange && button({ label: 'New group', action: ACTIONS.groupNew, value: 'new' })),
  ]);
};

/** More does not fit into a button. */
const LONGEST_WORDS = 200;

const turning = ({ page, pages, words }: GroupsPage): Button[] => {
  const turn = (label: string, to: number): Button =>
    button({
      label,
      action: to < page ? ACTIONS.groupsBack : ACTIONS.groupsOn,
      value: JSON.stringify({ page: to, words: words.slice(0, LONGEST_WORDS) }),
    });
  return [
    ...(page > 0 ? [turn('Back', page - 1)] : []),
    ...(page + 1 < pages ? [turn(`Next (page ${page + 2} of ${pages})`, page + 1)] : []),
  ];
};

const menu = ({ id }: GroupRow): Overflow => ({
  type: 'overflow',
  action_id: ACTIONS.groupMenu,
  options: CHOICES.map(([verb, label]) => ({ text: plain(label, 75), value: `${verb}:${id}` })),
});

const CHOICES = [
  ['rename', 'Rename'],
  ['merge', 'Merge into another group'],
  ['empty', 'Empty'],
  ['delete', 'Delete'],
] as const;

/** Asked before patients leave a group. */
export const groupQuestionBlocks = (asked: GroupQuestion): Message => {
  const { what, group, into, hasChanged } = asked;
  const value = JSON.stringify({ what, groupId: group.id, intoId: into?.id ?? null, members: group.members });
  return message([
    ...(hasChanged ? [context('⚠️ Meanwhile others are in this group: look at the number again.')] : []),
    section(`*${title(asked)}*`),
    section(consequences(asked).join('\n')),
    ...actions(
      button({ label: LABEL[what], action: ACTIONS.groupConfirm, value, style: 'danger' }),
      button({ label: 'Leave it as it is', action: ACTIONS.groupsBack, value: JSON.stringify({ page: 0, words: '' }) }),
    ),
  ]);
};

const LABEL: Readonly<Record<GroupRemoval, string>> = {
  empty: 'Empty this group',
  delete: 'Delete this group',
  merge: 'Merge these groups',
};

const title = ({ what, group, into }: GroupQuestion): string => {
  switch (what) {
    case 'empty':
      return `Take ${plural(group.members, 'patient')} out of “${name(group.name)}”?`;
    case 'delete':
      return `Delete “${name(group.name)}”, with ${plural(group.members, 'patient')} in it?`;
    case 'merge':
      return `Put ${plural(group.members, 'patient')} of “${name(group.name)}” into “${name(into?.name ?? '')}”?`;
  }
};

const consequences = ({ what, group, into, sends, channel }: GroupQuestion): string[] =>
  [
    '• Patients keep their profiles, texts and other groups. This cannot be undone.',
    what === 'empty' ? '• The group stays, with nobody in it.' : '',
    into === null
      ? ''
      : `• “${name(group.name)}” is deleted. “${name(into.name)}” has ${plural(into.members, 'patient')} now; who is in both is counted once.`,
    sends.length === 0
      ? ''
      : `• ${sendsOf(sends)} ${sends.length === 1 ? 'keeps' : 'keep'} the patients that ${sends.length === 1 ? 'its card shows' : 'their cards show'}: nothing changes there. To stop one: \`/outreach cancel NUMBER\``,
    channel === null || what === 'empty'
      ? ''
      : `• Replies of its patients no longer go to <#${channel}>${into === null ? '' : `, but where those of “${name(into.name)}” go`}.`,
  ].filter((line) => line !== '');

const MOST_SENDS = 8;

const sendsOf = (sends: readonly number[]): string => {
  const shown = sends.slice(0, MOST_SENDS).join(', ');
  const more = sends.length > MOST_SENDS ? ` and ${sends.length - MOST_SENDS} more` : '';
  return `${sends.length === 1 ? 'Send' : 'Sends'} ${shown}${more}`;
};

/** What became of it, in one line. */
export const groupOutcomeLine = ({ what, name: title, other, patients: moved, already }: GroupOutcome): string => {
  const [group, second] = [`“${name(title)}”`, `“${name(other ?? '')}”`];
  switch (what) {
    case 'create':
      return `✅ ${group} is there, with nobody in it yet. Put patients in with a file’s group column, or on a patient’s card.`;
    case 'rename':
      return already ? `It is called ${group} already.` : `✅ ${second} is called ${group} now. ${inIt(moved)}`;
    case 'empty':
      return already
        ? `Nobody is in ${group}: nothing to do.`
        : `✅ ${plural(moved, 'patient')} taken out of ${group}. Their profiles are as they were.`;
    case 'delete':
      return already
        ? `${group} is deleted already.`
        : `✅ ${group} is deleted. ${moved === 0 ? 'Nobody was in it.' : `${plural(moved, 'patient')} ${moved === 1 ? 'was' : 'were'} in it: their profiles are as they were.`}`;
    case 'merge':
      return already
        ? `${group} is merged already, or deleted.`
        : `✅ ${plural(moved, 'patient')} of ${group} ${moved === 1 ? 'is' : 'are'} in ${second} now, and ${group} is deleted.`;
  }
};

const inIt = (members: number): string =>
  members === 0 ? 'Nobody is in it.' : `${plural(members, 'patient')} ${members === 1 ? 'is' : 'are'} in it.`;
