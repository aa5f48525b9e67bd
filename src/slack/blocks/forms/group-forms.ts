import type { ModalView } from '@slack/types';
import type { GroupRow } from '../../../domain/cards/card';
import { MAX_GROUP_NAME } from '../../../domain/group-words';
import { VIEWS } from '../action-ids';
import { plain, section } from '../elements';
import { count, name, plainName, plural } from '../words';
import { input, offer, option } from './inputs';
import { chosenIn, typedIn, type ViewValues } from './view-values';

const BLOCKS = { name: 'group_name', into: 'group_into' } as const;

/** A new group, or another name for one. */
export const groupNameForm = (group: GroupRow | null): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.groupName,
  private_metadata: JSON.stringify({ groupId: group?.id ?? null }),
  title: plain(group === null ? 'New group' : 'Rename group', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    ...(group === null ? [] : [section(`*${name(group.name)}*  ·  ${plural(group.members, 'patient')}`)]),
    input({
      block: BLOCKS.name,
      label: 'Name',
      hint: group === null ? 'Such as: 2nd dose' : 'Sends and routes that name this group show the new name.',
      element: {
        type: 'plain_text_input',
        max_length: MAX_GROUP_NAME,
        ...(group !== null && [...group.name].length <= MAX_GROUP_NAME && { initial_value: group.name }),
      },
    }),
  ],
});

/** Into which other group. It says what follows, as Merge is not asked about again. */
export const groupMergeForm = (group: GroupRow, others: readonly GroupRow[]): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.groupMerge,
  private_metadata: JSON.stringify({ groupId: group.id, members: group.members }),
  title: plain('Merge groups', 24),
  submit: plain('Merge', 24),
  close: plain('Cancel', 24),
  blocks: [
    section(
      `${plural(group.members, 'patient')} of *${name(group.name)}* ${group.members === 1 ? 'goes' : 'go'} into the group that you choose, and “${name(group.name)}” is deleted. Patients keep their profiles; sends keep the patients that their cards show. This cannot be undone.`,
    ),
    input({
      block: BLOCKS.into,
      label: 'Into',
      element: {
        type: 'static_select',
        ...offer(
          others.map(({ id, name: title, members }) => option(`${plainName(title, 60)} (${count(members)})`, id)),
        ),
      },
    }),
  ],
});

/** What became of it, in place of the form. */
export const groupDoneView = (line: string): ModalView => ({
  type: 'modal',
  title: plain('Groups', 24),
  close: plain('Close', 24),
  blocks: [section(line)],
});

export const readGroupName = (values: ViewValues): string => typedIn(values, BLOCKS.name);
export const readGroupInto = (values: ViewValues): number => Number(chosenIn(values, BLOCKS.into));

export const groupNameError = (error: string): Record<string, string> => ({ [BLOCKS.name]: error });
export const groupIntoError = (error: string): Record<string, string> => ({ [BLOCKS.into]: error });
