/** A person submits a modal, or closes it. */
import type { AckAnswer, SubmitAnswer, ViewValues } from '../../contract';
import { HttpError } from '../../http';
import type { SlackContext } from '../context';
import { SlackError } from '../errors';
import { closeModal, pushModal, stackOf, updateView, viewJson } from '../views';
import type { Json, View } from '../model';
import { interaction, openView } from './act';
import { withValues } from './choose';
import { unanswered } from './command';
import { inputErrors } from './required';
import { person } from './who';

const releaseFiles = (context: SlackContext, values: ViewValues): void => {
  for (const state of Object.values(values).flatMap((block) => Object.values(block))) {
    for (const file of (state['files'] as Json[] | undefined) ?? []) {
      const stored = context.world.files.get(String(file['id']));
      if (stored !== undefined) stored.visibleToApp = true;
    }
  }
};

/** What the app's acknowledgement does to the modal. Throws SlackError when Slack could not do it. */
const follow = (context: SlackContext, view: View, body: string): SubmitAnswer => {
  const ack = parseAck(body);
  const action = ack['response_action'];
  const done = { ok: true, status: 200 } as const;
  if (action === undefined) {
    closeModal(context, view, false);
    return { ...done, responseAction: 'closed' };
  }
  if (action === 'clear') {
    closeModal(context, view, true);
    return { ...done, responseAction: 'clear' };
  }
  if (action === 'update') {
    updateView(context, view, viewIn(ack));
    return { ...done, responseAction: 'update' };
  }
  if (action === 'push') {
    pushModal(context, view.user, viewIn(ack));
    return { ...done, responseAction: 'push' };
  }
  if (action === 'errors') return { ...done, responseAction: 'errors', errors: errorsIn(view, ack) };
  throw new SlackError('invalid_response_action', [`[ERROR] unknown response_action: ${String(action)}`]);
};

const parseAck = (body: string): Json => {
  if (body.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Json;
  } catch {
    throw new SlackError('invalid_response', ['[ERROR] the acknowledgement of a view must be empty or JSON']);
  }
  throw new SlackError('invalid_response', ['[ERROR] the acknowledgement of a view must be empty or a JSON object']);
};

const viewIn = (ack: Json): Json => {
  const view = ack['view'];
  if (typeof view !== 'object' || view === null) throw new SlackError('invalid_response', ['[ERROR] view is missing']);
  return view as Json;
};

const errorsIn = (view: View, ack: Json): Record<string, string> => {
  const errors = (ack['errors'] ?? {}) as Record<string, string>;
  const inputs = (view.view['blocks'] as Json[]).filter((block) => block['type'] === 'input');
  const known = new Set(inputs.map((block) => String(block['block_id'])));
  const unknown = Object.keys(errors).filter((blockId) => !known.has(blockId));
  if (unknown.length > 0 || Object.keys(errors).length === 0) {
    throw new SlackError('invalid_errors', [
      `[ERROR] errors must name input blocks of the view: ${unknown.join(', ')}`,
    ]);
  }
  return errors;
};

export const submit = async (context: SlackContext, body: Json): Promise<SubmitAnswer> => {
  const user = person(context, body);
  const view = openView(context, user, body);
  if (stackOf(context, user.id).at(-1) !== view) throw new HttpError(409, 'Another modal lies on top of that one.');
  if (view.view['submit'] == null) throw new HttpError(400, 'That modal has no submit button.');
  const blocks = view.view['blocks'] as Json[];
  const given = (body['values'] ?? {}) as ViewValues;
  view.state = withValues(context, blocks, { before: view.state, given });
  const errors = inputErrors(blocks, view.state);
  // Slack's own window refuses these; the app hears nothing of it.
  if (Object.keys(errors).length > 0) return { ok: true, status: 0, responseAction: 'errors', errors };
  releaseFiles(context, view.state);
  const answer = await context.link.send('interactive', {
    ...interaction(context, 'view_submission', user),
    trigger_id: context.triggers.issue({ user: user.id, viewId: view.id }),
    view: viewJson(context, view),
    response_urls: [],
  });
  const failed = unanswered(answer);
  if (failed !== undefined || answer.kind !== 'answered') {
    return { ...(failed ?? { ok: false, status: 0 }), responseAction: 'errors' };
  }
  try {
    return follow(context, view, answer.body);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ok: false, status: 200, error: error.message, responseAction: 'errors' };
  }
};

export const close = async (context: SlackContext, body: Json): Promise<AckAnswer> => {
  const user = person(context, body);
  const view = openView(context, user, body);
  if (view.type !== 'modal') throw new HttpError(400, 'Only a modal can be closed.');
  const everything = view.view['clear_on_close'] === true;
  const isCleared = everything || stackOf(context, user.id)[0] === view;
  closeModal(context, view, everything);
  if (view.view['notify_on_close'] !== true) return { ok: true, status: 200 };
  const answer = await context.link.send('interactive', {
    ...interaction(context, 'view_closed', user),
    view: viewJson(context, view),
    is_cleared: isCleared,
  });
  return unanswered(answer) ?? { ok: true, status: 200 };
};
