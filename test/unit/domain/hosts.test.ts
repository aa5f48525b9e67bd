import fc from 'fast-check';
import { isAllowedHost, standsFor } from '../../../src/domain/hosts';

test.each([
  ['https://files.slack.com/files-pri/T1-F1/download/a.csv', true],
  ['https://slack-files.com/T1-F1', true],
  ['http://files.slack.com/a.csv', false],
  ['https://files.slack.com:8443/a.csv', false],
  ['https://files.slack.com.example.org/a.csv', false],
  ['https://evilslack.com/a.csv', false],
  ['https://files.slack.com@example.org/a.csv', false],
  ['https://example.org/?files.slack.com', false],
  ['https://169.254.169.254/latest/meta-data', false],
])('%s is Slack’s: %s', (address, is) => {
  expect(isAllowedHost(new URL(address), 'slack files')).toBe(is);
});

test('Twilio’s API gets the credentials; the stores that it redirects to are read without', () => {
  const store = new URL('https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/ME1');
  expect(isAllowedHost(store, 'twilio api')).toBe(false);
  expect(isAllowedHost(store, 'twilio media')).toBe(true);
});

test('no other host passes, however it is spelled', () => {
  fc.assert(
    fc.property(fc.domain(), (host) => {
      fc.pre(!/(^|\.)(slack\.com|slack-files\.com)$/.test(host));
      expect(isAllowedHost(new URL(`https://${host}/`), 'slack files')).toBe(false);
    }),
  );
});

test('an address that was set stands for itself; a trial’s for this machine, and the real one never for this machine', () => {
  expect(standsFor('https://twilio.example.org/api', new URL('https://twilio.example.org/media'))).toBe(true);
  expect(standsFor('https://twilio.example.org/api', new URL('https://example.org/media'))).toBe(false);
  expect(standsFor('http://127.0.0.1:4000', new URL('http://localhost:5000/a'))).toBe(true);
  expect(standsFor('https://api.twilio.com', new URL('http://127.0.0.1:5000/a'))).toBe(false);
});
