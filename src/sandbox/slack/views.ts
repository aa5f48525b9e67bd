/** Modals, stacked at most three high for each person, and home tabs. */
import { checkView } from './check/view';
import { SlackError } from './errors';
import { stateOf, withIds } from './elements';
import { newId, newSecret, secondsOf } from './ids';
import type { SlackContext } from './context';
import type { Json, View } from './model';

const HIGHEST_STACK = 3;

const newHash = (context: SlackContext): string => `${secondsOf(context.clock)}.${newSecret().slice(0, 8)}`;

const textOrNull = (value: unknown): unknown => value ?? null;

/** A view as Slack sends it: in answers, in view_submission, in block_actions. */
export const viewJson = (context: SlackContext, view: View): Json => {
  const { world } = context;
  const source = view.view;
  return {
    id: view.id,
    team_id: world.team.id,
    type: view.type,
    blocks: source['blocks'],
    private_metadata: source['private_metadata'] ?? '',
    callback_id: source['callback_id'] ?? '',
    external_id: source['external_id'] ?? '',
    state: { values: view.state },
    hash: view.hash,
    ...(view.type === 'modal' && {
      title: source['title'],
      close: textOrNull(source['close']),
      submit: textOrNull(source['submit']),
    }),
    clear_on_close: source['clear_on_close'] ?? false,
    notify_on_close: source['notify_on_close'] ?? false,
    previous_view_id: view.previousViewId ?? null,
    root_view_id: view.rootViewId,
    app_id: world.app.id,
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
  };
};

const accept = (context: SlackContext, source: Json, current?: View): Json => {
  checkView(source);
  const externalId = source['external_id'];
  if (typeof externalId === 'string' && externalId !== '') {
    const other = findByExternalId(context, externalId);
    if (other !== undefined && other !== current) throw new SlackError('duplicate_external_id');
  }
  return { ...source, blocks: withIds(source['blocks'] as Json[]) };
};

const allViews = ({ world }: SlackContext): View[] => [...[...world.modals.values()].flat(), ...world.homes.values()];

export const findView = (context: SlackContext, id: string): View | undefined =>
  allViews(context).find((view) => view.id === id);

export const findByExternalId = (context: SlackContext, externalId: string): View | undefined =>
  allViews(context).find((view) => view.view['external_id'] === externalId);

export const stackOf = (context: SlackContext, user: string): View[] => {
  const stack = context.world.modals.get(user) ?? [];
  context.world.modals.set(user, stack);
  return stack;
};

const createView = (context: SlackContext, user: string, source: Json): View => {
  const id = newId('V');
  return {
    id,
    user,
    type: source['type'] === 'home' ? 'home' : 'modal',
    rootViewId: id,
    hash: newHash(context),
    view: source,
    state: stateOf(source['blocks'] as Json[]),
  };
};

/** Opens it alone: whatever this person had open is gone. */
export const openModal = (context: SlackContext, user: string, source: Json): View => {
  if (source['type'] !== 'modal') throw new SlackError('invalid_arguments', ['[ERROR] the view must be a modal']);
  const view = createView(context, user, accept(context, source));
  context.world.modals.set(user, [view]);
  context.changed();
  return view;
};

export const pushModal = (context: SlackContext, user: string, source: Json): View => {
  if (source['type'] !== 'modal') throw new SlackError('invalid_arguments', ['[ERROR] the view must be a modal']);
  const stack = stackOf(context, user);
  if (stack.length >= HIGHEST_STACK) throw new SlackError('push_limit_reached');
  const below = stack.at(-1);
  const made = createView(context, user, accept(context, source));
  const view = below === undefined ? made : { ...made, rootViewId: below.rootViewId, previousViewId: below.id };
  stack.push(view);
  context.changed();
  return view;
};

export const updateView = (context: SlackContext, view: View, source: Json): void => {
  if (source['type'] !== view.type) throw new SlackError('invalid_arguments', ['[ERROR] the type of a view is fixed']);
  view.view = accept(context, source, view);
  view.state = stateOf(view.view['blocks'] as Json[], view.state);
  view.hash = newHash(context);
  context.changed();
};

export const publishHome = (context: SlackContext, user: string, source: Json): View => {
  if (source['type'] !== 'home') throw new SlackError('invalid_arguments', ['[ERROR] the view must be a home tab']);
  const current = context.world.homes.get(user);
  if (current !== undefined) {
    updateView(context, current, source);
    return current;
  }
  const view = createView(context, user, accept(context, source));
  context.world.homes.set(user, view);
  context.changed();
  return view;
};

/** Takes the view off the person's screen, with what was stacked on it, or with the whole stack. */
export const closeModal = (context: SlackContext, view: View, everything: boolean): void => {
  const stack = stackOf(context, view.user);
  const at = stack.indexOf(view);
  if (at >= 0) stack.splice(everything ? 0 : at);
  context.changed();
};
