import type { AllMiddlewareArgs, App, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { GroupRemoval } from '../../domain/cards/group-cards';
import { AppError } from '../../domain/errors';
import { type GroupsQuery, groupsPage } from '../../usecases/patients/find-groups';
import { listGroups } from '../../usecases/patients/list-groups';
import { createGroup, renameGroup } from '../../usecases/patients/name-groups';
import { askAboutGroup, type GroupOrder, removeGroup } from '../../usecases/patients/remove-groups';
import { notFound, requireRight } from '../../usecases/permissions';
import type { Ports } from '../../usecases/ports';
import { ACTIONS, VIEWS } from '../blocks/action-ids';
import * as forms from '../blocks/forms/group-forms';
import { section } from '../blocks/elements';
import { groupOutcomeLine, groupQuestionBlocks, groupsBlocks } from '../blocks/groups';
import { explain } from './guard';
import { pressed } from './pressed';

const turnPage = pressed(async (ports, { value, user, respond }) => {
  const page = await groupsPage(ports, JSON.parse(value) as GroupsQuery, user);
  await respond({ replace_original: true, ...groupsBlocks(page) });
});

const openNew = pressed(async (ports, { user, client, triggerId }) => {
  await requireRight(ports, user, 'patients.import');
  await client.views.open({ trigger_id: triggerId, view: forms.groupNameForm(null) });
});

/** `rename:12` */
const choose = pressed(async (ports, { value, user, client, triggerId, respond }) => {
  await requireRight(ports, user, 'patients.import');
  const [verb = '', id = ''] = value.split(':');
  const groupId = Number(id);
  if (verb === 'rename' || verb === 'merge') {
    const all = await listGroups(ports, user);
    const group = all.find((one) => one.id === groupId);
    if (!group) throw notFound('group', id);
    const others = all.filter((one) => one.id !== groupId);
    if (verb === 'merge' && others.length === 0) throw noOtherGroup();
    const view = verb === 'rename' ? forms.groupNameForm(group) : forms.groupMergeForm(group, others);
    return client.views.open({ trigger_id: triggerId, view });
  }
  const what: GroupRemoval = verb === 'empty' ? 'empty' : 'delete';
  const question = await askAboutGroup(ports, { what, groupId, intoId: null }, user);
  return respond({ replace_original: true, ...groupQuestionBlocks(question) });
});

const noOtherGroup = (): AppError =>
  new AppError('NO_OTHER_GROUP', {
    message: 'there is one group only',
    userMessage: 'There is no other group to merge it into. To give it another name choose Rename.',
  });

const confirm = pressed(async (ports, { value, user, respond }) => {
  const answer = await removeGroup(ports, JSON.parse(value) as GroupOrder & { members: number }, user);
  if (!answer.done) return respond({ replace_original: true, ...groupQuestionBlocks(answer.question) });
  const page = await groupsPage(ports, { words: '', page: 0 }, user);
  return respond({ replace_original: true, ...groupsBlocks(page, [section(groupOutcomeLine(answer.outcome))]) });
});

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

const submitName =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const { groupId } = JSON.parse(view.private_metadata) as { groupId: number | null };
    const named = { name: forms.readGroupName(view.state.values), actor: body.user.id };
    try {
      const outcome =
        groupId === null ? await createGroup(ports, named) : await renameGroup(ports, { ...named, groupId });
      await ack({ response_action: 'update', view: forms.groupDoneView(groupOutcomeLine(outcome)) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: forms.groupNameError(explain(ports, error)) });
    }
  };

const submitMerge =
  (ports: Ports) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const { groupId, members } = JSON.parse(view.private_metadata) as { groupId: number; members: number };
    const order = { what: 'merge', groupId, intoId: forms.readGroupInto(view.state.values), members } as const;
    try {
      const answer = await removeGroup(ports, order, body.user.id);
      const line = answer.done
        ? groupOutcomeLine(answer.outcome)
        : 'Nothing was changed: meanwhile others are in this group. Look at the list again: `/outreach groups`';
      await ack({ response_action: 'update', view: forms.groupDoneView(line) });
    } catch (error) {
      await ack({ response_action: 'errors', errors: forms.groupIntoError(explain(ports, error)) });
    }
  };

/** What can be done in the list of groups. */
export function registerGroups(app: App, ports: Ports): void {
  app.view(VIEWS.groupName, submitName(ports));
  app.view(VIEWS.groupMerge, submitMerge(ports));
  app.action(ACTIONS.groupsBack, turnPage(ports));
  app.action(ACTIONS.groupsOn, turnPage(ports));
  app.action(ACTIONS.groupNew, openNew(ports));
  app.action(ACTIONS.groupMenu, choose(ports));
  app.action(ACTIONS.groupConfirm, confirm(ports));
}
