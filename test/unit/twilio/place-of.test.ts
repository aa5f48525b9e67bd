import { placeOf } from '../../../src/twilio/undici-request-client';

const MESSAGE = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json';
const SERVICE = 'https://messaging.twilio.com/v1/Services/MG1?PageSize=50';

test.each([
  ['https://api.twilio.com', MESSAGE, 'https://api.twilio.com', '/2010-04-01/Accounts/AC1/Messages.json'],
  ['https://api.twilio.com', SERVICE, 'https://messaging.twilio.com', '/v1/Services/MG1'],
  [
    'https://api.dublin.ie1.twilio.com',
    MESSAGE,
    'https://api.dublin.ie1.twilio.com',
    '/2010-04-01/Accounts/AC1/Messages.json',
  ],
  ['http://127.0.0.1:4600/twilio', MESSAGE, 'http://127.0.0.1:4600', '/twilio/2010-04-01/Accounts/AC1/Messages.json'],
  ['http://127.0.0.1:4600/twilio', SERVICE, 'http://127.0.0.1:4600', '/twilio/v1/Services/MG1'],
  ['https://sms.example.org', SERVICE, 'https://sms.example.org', '/v1/Services/MG1'],
])('with %s, %s is asked at %s%s', (apiUrl, uri, origin, path) => {
  expect(placeOf(apiUrl, uri)).toMatchObject({ origin, path });
});

test('the password goes to no host that only looks like Twilio’s', () => {
  for (const host of ['https://api.twilio.com.example.org', 'https://nottwilio.com', 'http://messaging.twilio.com'])
    expect(placeOf('https://api.twilio.com', `${host}/v1/Services`).origin).toBe('https://api.twilio.com');
});
