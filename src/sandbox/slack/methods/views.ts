import { optionalObject, optionalText, requiredText } from '../args';
import { checkView } from '../check/view';
import type { SlackContext } from '../context';
import { SlackError } from '../errors';
import type { MethodTable } from '../method';
import type { Json, View } from '../model';
import { findByExternalId, findView, openModal, publishHome, pushModal, stackOf, updateView, viewJson } from '../views';

const viewArgument = (args: Json): Json => {
  const view = optionalObject(args, 'view');
  if (view === undefined) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: view']);
  // Before anything else: a view that is refused uses up no trigger.
  checkView(view);
  return view;
};

const open = (context: SlackContext, args: Json): Json => {
  const source = viewArgument(args);
  const trigger = context.triggers.exchange(requiredText(args, 'trigger_id'));
  // Opened from within a modal, it is stacked on that modal.
  const stacks = trigger.viewId !== undefined && stackOf(context, trigger.user).length > 0;
  const view = stacks ? pushModal(context, trigger.user, source) : openModal(context, trigger.user, source);
  return { view: viewJson(context, view) };
};

const push = (context: SlackContext, args: Json): Json => {
  const source = viewArgument(args);
  const trigger = context.triggers.exchange(requiredText(args, 'trigger_id'));
  if (stackOf(context, trigger.user).length === 0) throw new SlackError('not_found');
  return { view: viewJson(context, pushModal(context, trigger.user, source)) };
};

const target = (context: SlackContext, args: Json): View => {
  const id = optionalText(args, 'view_id');
  const externalId = optionalText(args, 'external_id');
  const byExternalId = externalId === undefined ? undefined : findByExternalId(context, externalId);
  const view = id === undefined ? byExternalId : findView(context, id);
  if (view === undefined) throw new SlackError('not_found');
  return view;
};

const checkHash = (view: View | undefined, args: Json): void => {
  const hash = optionalText(args, 'hash');
  if (hash !== undefined && view !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
};

const update = (context: SlackContext, args: Json): Json => {
  const source = viewArgument(args);
  const view = target(context, args);
  checkHash(view, args);
  updateView(context, view, source);
  return { view: viewJson(context, view) };
};

const publish = (context: SlackContext, args: Json): Json => {
  const source = viewArgument(args);
  const user = context.world.users.get(requiredText(args, 'user_id'));
  if (user === undefined || user.isBot) throw new SlackError('user_not_found');
  checkHash(context.world.homes.get(user.id), args);
  return { view: viewJson(context, publishHome(context, user.id, source)) };
};

export const viewMethods: MethodTable = {
  'views.open': { schema: 'ViewsOpenArguments', run: open },
  'views.push': { schema: 'ViewsPushArguments', run: push },
  'views.update': { schema: 'ViewsUpdateArguments', run: update },
  'views.publish': { schema: 'ViewsPublishArguments', run: publish },
};
