import { deliveryKey } from '../../../src/slack/listeners/once';

const typed = (text: string) => ({ command: '/outreach', text, user_id: 'U0SEND', trigger_id: '13.47.ab' });
const pressed = (value: string, actionTs: string) => ({
  type: 'block_actions',
  trigger_id: '13.47.ab',
  user: { id: 'U0SEND' },
  actions: [{ action_id: 'campaign_pause', value, action_ts: actionTs }],
});
const reacted = (user: string) => ({ event_id: 'Ev1', event: { type: 'reaction_added', user, reaction: 'x' } });

test('what is delivered again has the same key', () => {
  expect(deliveryKey(typed('status'))).toBe(deliveryKey(typed('status')));
  expect(deliveryKey(pressed('1', '1.1'))).toBe(deliveryKey(pressed('1', '1.2')));
  expect(deliveryKey(reacted('U0REV'))).toBe(deliveryKey({ ...reacted('U0REV'), event_time: 2 }));
});

test('what says something else is another delivery, although its id is the same', () => {
  expect(deliveryKey(typed('status'))).not.toBe(deliveryKey(typed('groups')));
  expect(deliveryKey(pressed('1', '1.1'))).not.toBe(deliveryKey(pressed('2', '1.1')));
  expect(deliveryKey(reacted('U0REV'))).not.toBe(deliveryKey(reacted('U0SEND')));
});

test('what bears no id has no key, and is let in', () => {
  expect(deliveryKey({ type: 'view_closed' })).toBeNull();
});
