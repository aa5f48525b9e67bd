import { ErrorCode } from '@slack/web-api';
import { outcomeOf } from '../../../src/slack/outcomes';

const said = (error: string) => ({ code: ErrorCode.PlatformError, data: { ok: false, error } });

test.each([
  ['"not so fast" with a 200: nothing was done', said('ratelimited'), 'busy'],
  ['a failure within Slack: perhaps done', said('internal_error'), 'unknown'],
  ['a page of somebody in between: perhaps done', said('<html>Bad gateway</html>'), 'unknown'],
  ['a refusal', said('is_archived'), 'refused'],
  [
    'no connection at all: nothing was done',
    { code: ErrorCode.RequestError, original: { code: 'ECONNREFUSED' } },
    'busy',
  ],
  [
    'a connection that broke: perhaps done',
    { code: ErrorCode.RequestError, original: { code: 'ECONNRESET' } },
    'unknown',
  ],
])('%s', (_what, error, kind) => {
  expect(outcomeOf(error).kind).toBe(kind);
});
