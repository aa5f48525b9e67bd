/** A person presses a button, or chooses in a select, in a message, a modal or the home tab. */
import type { AckAnswer, ViewValues } from '../../contract';
import { HttpError } from '../../http';
import { slackUrl } from '../context';
import type { SlackContext } from '../context';
import { holdsState, placedElements, stateOf } from '../elements';
import type { PlacedElement } from '../elements';
import { historyJson } from '../threads';
import { findView, viewJson } from '../views';
import type { Json, User, View } from '../model';
import { chosenState, withValues } from './choose';
import { unanswered } from './command';
import { field, person, place, seenMessage } from './who';

const personJson = (context: SlackContext, user: User): Json => ({
  id: user.id,
  username: user.name,
  name: user.name,
  team_id: context.world.team.id,
});

/** What every interaction carries. */
export const interaction = (context: SlackContext, type: string, user: User): Json => ({
  type,
  user: personJson(context, user),
  api_app_id: context.world.app.id,
  token: 'verification-token',
  team: { id: context.world.team.id, domain: context.world.team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

const pressed = (blocks: readonly Json[], body: Json): PlacedElement => {
  const actionId = field(body, 'actionId');
  const candidates = placedElements(blocks).filter(
    ({ element, blockId }) =>
      element['action_id'] === actionId && (body['blockId'] === undefined || body['blockId'] === blockId),
  );
  const [found] = candidates;
  if (found === undefined) throw new HttpError(404, `There is nothing with the action id ${actionId}.`);
  if (candidates.length > 1) throw new HttpError(400, `${actionId} stands in several blocks: give the block id.`);
  const isSent = found.block['type'] !== 'input' || found.block['dispatch_action'] === true;
  if (!isSent && body['isSuggestion'] !== true) {
    throw new HttpError(400, `${actionId} is an input: it is sent when the modal is submitted, and not by itself.`);
  }
  return found;
};

const actionJson = (context: SlackContext, { element, blockId }: PlacedElement, choice: Json): Json => {
  const { options: _options, option_groups: _groups, ...shown } = element;
  const isOverflow = element['type'] === 'overflow';
  const chosen = holdsState(element) || isOverflow ? chosenState(context, element, choice) : {};
  return { ...shown, block_id: blockId, ...chosen, action_ts: context.nextTs() };
};

const inMessage = (context: SlackContext, user: User, body: Json): Json => {
  const channel = place(context, body, user);
  const message = seenMessage(context, channel, { user, ts: field(body, 'ts') });
  const element = pressed(message.blocks, body);
  const choice = (body['choice'] ?? {}) as Json;
  const isEphemeral = message.ephemeralFor !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const given: ViewValues = holdsState(element.element)
    ? { [element.blockId]: { [String(element.element['action_id'])]: choice } }
    : {};
  const before = stateOf(message.blocks, message.choices?.get(user.id));
  const values = withValues(context, message.blocks, { before, given });
  (message.choices ??= new Map()).set(user.id, values);
  const target = { user: user.id, channel: channel.id, messageTs: message.ts, ...thread };
  return {
    ...interaction(context, 'block_actions', user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    trigger_id: context.triggers.issue({ user: user.id, channel: channel.id }),
    channel: { id: channel.id, name: channel.name },
    // Slack leaves the message out when only this person sees it.
    ...(!isEphemeral && { message: historyJson(context, message, false) }),
    state: { values },
    response_url: slackUrl(context, `response/${context.responseUrls.issue(target)}`),
    actions: [actionJson(context, element, choice)],
  };
};

export const openView = (context: SlackContext, user: User, body: Json): View => {
  const view = findView(context, field(body, 'viewId'));
  if (view?.user !== user.id) throw new HttpError(404, 'This person has no such view open.');
  return view;
};

const inView = (context: SlackContext, user: User, body: Json): Json => {
  const view = openView(context, user, body);
  const blocks = view.view['blocks'] as Json[];
  const element = pressed(blocks, body);
  const choice = (body['choice'] ?? {}) as Json;
  const given = structuredClone((body['values'] ?? {}) as ViewValues);
  if (holdsState(element.element)) {
    (given[element.blockId] ??= {})[String(element.element['action_id'])] = choice;
  }
  view.state = withValues(context, blocks, { before: view.state, given });
  const isModal = view.type === 'modal';
  return {
    ...interaction(context, 'block_actions', user),
    container: { type: 'view', view_id: view.id },
    trigger_id: context.triggers.issue({ user: user.id, ...(isModal && { viewId: view.id }) }),
    view: viewJson(context, view),
    actions: [actionJson(context, element, choice)],
  };
};

export const act = async (context: SlackContext, body: Json): Promise<AckAnswer> => {
  const user = person(context, body);
  const payload = body['viewId'] === undefined ? inMessage(context, user, body) : inView(context, user, body);
  const answer = await context.link.send('interactive', payload);
  return unanswered(answer) ?? { ok: true, status: 200 };
};

/** `{ …as an action, query }`: what a select with an external source offers. Answers with the app's options. */
export const suggest = async (context: SlackContext, body: Json): Promise<AckAnswer & { options?: unknown }> => {
  const user = person(context, body);
  const view = openView(context, user, body);
  const element = pressed(view.view['blocks'] as Json[], { ...body, isSuggestion: true });
  const answer = await context.link.send('interactive', {
    ...interaction(context, 'block_suggestion', user),
    container: { type: 'view', view_id: view.id },
    view: viewJson(context, view),
    action_id: element.element['action_id'],
    block_id: element.blockId,
    value: typeof body['query'] === 'string' ? body['query'] : '',
  });
  const failed = unanswered(answer);
  if (failed !== undefined || answer.kind !== 'answered') return failed ?? { ok: false, status: 0 };
  const offered = JSON.parse(answer.body || '{}') as Json;
  return { ok: true, status: 200, options: offered['options'] ?? offered['option_groups'] ?? [] };
};
