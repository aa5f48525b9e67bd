import { z } from 'zod';

const id = z.string().min(1);
const user = z.object({ id });

/** What Slack sends when a person presses, submits or chooses; each with the parts that we could not do without. */
const interaction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('block_actions'), user, actions: z.array(z.object({ action_id: id })).min(1) }),
  z.object({
    type: z.literal('view_submission'),
    user,
    view: z.object({ id, callback_id: z.string(), state: z.object({ values: z.record(z.string(), z.unknown()) }) }),
  }),
  z.object({ type: z.literal('view_closed'), user, view: z.object({ callback_id: z.string() }) }),
  z.object({ type: z.literal('message_action'), user, callback_id: z.string() }),
  z.object({ type: z.literal('shortcut'), user, callback_id: z.string() }),
  z.object({ type: z.literal('block_suggestion'), user, action_id: id }),
]);

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event_callback'), event: z.object({ type: id }) }),
  z.object({ type: z.literal('url_verification'), challenge: z.string() }),
  z.object({ type: z.literal('app_rate_limited') }),
]);

const command = z.object({ command: id, user_id: id, channel_id: id });
const sslCheck = z.object({ ssl_check: id });

/**
 * Whether a request is one that Slack sends: events are JSON, presses and forms are JSON in a form's `payload`, commands a
 * form without one. What is no JSON at all is left to others to judge.
 */
export function isOfSlack(text: string, type = ''): boolean {
  if (!type.startsWith('application/x-www-form-urlencoded')) return isA(event, text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  if (payload !== null) return isA(interaction, payload);
  return command.or(sslCheck).safeParse(Object.fromEntries(form)).success;
}

function isA(shape: z.ZodType, json: string): boolean {
  try {
    return shape.safeParse(JSON.parse(json)).success;
  } catch {
    return true;
  }
}
