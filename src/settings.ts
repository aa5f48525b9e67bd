import type { Config } from './config';

/** What Slack's and Twilio's sides are told of the environment. */

export const slackSettings = (config: Config) => ({
  botToken: config.SLACK_BOT_TOKEN,
  appToken: config.SLACK_APP_TOKEN,
  signingSecret: config.SLACK_SIGNING_SECRET,
  apiUrl: config.SLACK_API_URL,
});

export const twilioSettings = (config: Config) => ({
  accountSid: config.TWILIO_ACCOUNT_SID,
  authToken: config.TWILIO_AUTH_TOKEN,
  apiUrl: config.TWILIO_API_URL,
  from: config.TWILIO_FROM,
  messagingServiceSid: config.TWILIO_MESSAGING_SERVICE_SID,
  statusUrl:
    config.TWILIO_INBOUND === 'poll' || config.PUBLIC_URL === undefined
      ? undefined
      : `${config.PUBLIC_URL}/twilio/status`,
  rate: config.TWILIO_RATE,
});
