import type { GroupOutcome } from '../../../domain/cards/group-cards';
import { type GroupWords, type NamePair, readGroupWords } from '../../../domain/group-words';
import { groupByName, groupsPage } from '../../../usecases/patients/find-groups';
import { groupOfPair } from '../../../usecases/patients/group-pairs';
import { createGroup, renameGroup } from '../../../usecases/patients/name-groups';
import { askAboutGroup } from '../../../usecases/patients/remove-groups';
import { requireRight } from '../../../usecases/permissions';
import { groupNameForm } from '../../blocks/forms/group-forms';
import { section } from '../../blocks/elements';
import { groupOutcomeLine, groupQuestionBlocks, groupsBlocks } from '../../blocks/groups';
import type { Asked } from '../asked';

/** `/outreach groups`, with what to do. What takes patients out of a group is asked about first. */
export async function groups(asked: Asked): Promise<unknown> {
  const words = readGroupWords(asked.words);
  switch (words.verb) {
    case 'list':
      return asked.show(groupsBlocks(await groupsPage(asked.ports, { words: words.words, page: 0 }, asked.user)));
    case 'new':
      return create(asked, words.name);
    case 'empty':
    case 'delete':
      return remove(asked, words);
    case 'rename':
      return rename(asked, words.pairs);
    case 'merge':
      return merge(asked, words.pairs);
  }
}

async function create({ ports, user, client, triggerId, ...asked }: Asked, name: string): Promise<unknown> {
  await requireRight(ports, user, 'patients.import');
  if (name === '') return client.views.open({ trigger_id: triggerId, view: groupNameForm(null) });
  return tell({ ports, user, client, triggerId, ...asked }, await createGroup(ports, { name, actor: user }));
}

async function rename(asked: Asked, pairs: readonly NamePair[]): Promise<unknown> {
  const { ports, user } = asked;
  const { group, to } = await groupOfPair(ports, { pairs, actor: user, verb: 'rename' });
  return tell(asked, await renameGroup(ports, { groupId: group.id, name: to, actor: user }));
}

async function merge({ ports, user, show }: Asked, pairs: readonly NamePair[]): Promise<unknown> {
  const { group, to } = await groupOfPair(ports, { pairs, actor: user, verb: 'merge' });
  const into = await groupByName(ports, to, user);
  const order = { what: 'merge', groupId: group.id, intoId: into.id } as const;
  return show(groupQuestionBlocks(await askAboutGroup(ports, order, user)));
}

async function remove(
  { ports, user, show }: Asked,
  { verb, name }: Extract<GroupWords, { verb: 'new' | 'empty' | 'delete' }>,
): Promise<unknown> {
  const { id } = await groupByName(ports, name, user);
  const order = { what: verb === 'empty' ? 'empty' : 'delete', groupId: id, intoId: null } as const;
  return show(groupQuestionBlocks(await askAboutGroup(ports, order, user)));
}

const tell = async ({ ports, user, show }: Asked, outcome: GroupOutcome): Promise<unknown> =>
  show(groupsBlocks(await groupsPage(ports, { words: '', page: 0 }, user), [section(groupOutcomeLine(outcome))]));
