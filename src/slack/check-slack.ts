import { ErrorCode, WebClient } from '@slack/web-api';
import { type Finding, fail, ok, warn } from '../domain/checkup';
import type { Log } from '../log';
import { clientOptions } from './app';
import { slackError } from './outcomes';

export interface SlackCheckSettings {
  readonly botToken: string;
  readonly appToken: string | undefined;
  readonly apiUrl: string;
  /** Where Slack's events come; undefined in Socket Mode, and when no address is set. */
  readonly eventsUrl: string | undefined;
  readonly scopes: readonly string[];
  /** By what the channel is for. */
  readonly channels: readonly { readonly name: string; readonly id: string | undefined }[];
}

/** The token, its scopes, the channels, and the way by which Slack reaches us. */
export async function checkSlack(settings: SlackCheckSettings, log: Log): Promise<Finding[]> {
  const client = new WebClient(settings.botToken, clientOptions(settings.apiUrl, log));
  let scopes: readonly string[];
  try {
    scopes = (await client.auth.test()).response_metadata?.scopes ?? [];
  } catch (error) {
    return [tokenFinding(error)];
  }
  const channels = await Promise.all(settings.channels.map((channel) => checkChannel(client, channel)));
  const way = settings.appToken === undefined ? checkEvents(settings.eventsUrl) : checkSocket(settings, log);
  return [ok('Slack takes the bot token'), checkScopes(scopes, settings.scopes), ...channels, await way];
}

const tokenFinding = (error: unknown): Finding =>
  (error as { code?: unknown }).code === ErrorCode.PlatformError
    ? fail(
        `Slack refuses the bot token (${slackError(error) ?? 'no reason given'})`,
        'OAuth & Permissions: copy the Bot User OAuth Token into SLACK_BOT_TOKEN.',
      )
    : fail(
        'Slack does not answer',
        'Look whether this machine reaches https://slack.com, and whether SLACK_API_URL is empty.',
      );

function checkScopes(given: readonly string[], needed: readonly string[]): Finding {
  const missing = needed.filter((scope) => !given.includes(scope));
  return missing.length === 0
    ? ok(`The token has all ${needed.length} scopes of manifest.yml`)
    : fail(
        `The token lacks ${missing.join(', ')}`,
        'Put manifest.yml into the app’s settings (App Manifest), then Install App, Reinstall.',
      );
}

async function checkChannel(client: WebClient, { name, id }: SlackCheckSettings['channels'][number]): Promise<Finding> {
  const variable = `CHANNEL_${name.toUpperCase()}`;
  if (id === undefined)
    return warn(`No channel for ${name}`, `Files still come by /outreach import. To have one, set ${variable}.`);
  try {
    const { channel } = await client.conversations.info({ channel: id });
    if (channel?.is_archived === true)
      return fail(`The channel for ${name} is archived`, `Unarchive it, or set ${variable} to another.`);
    return channel?.is_member === true
      ? ok(`The app is in the channel for ${name}`)
      : fail(`The app is not in the channel for ${name}`, 'In that channel: /invite @CareThread');
  } catch (error) {
    const why = slackError(error);
    if (why === 'channel_not_found')
      return fail(
        `Slack knows no channel ${id}, or the app is not in it`,
        `In the channel: /invite @CareThread. Is ${variable} its id (its name, About, at the bottom)?`,
      );
    return warn(
      `The channel for ${name} could not be looked at (${why ?? 'no answer'})`,
      'Mend what stands above, then check again.',
    );
  }
}

async function checkSocket({ appToken, apiUrl }: SlackCheckSettings, log: Log): Promise<Finding> {
  try {
    await new WebClient(appToken, clientOptions(apiUrl, log)).apps.connections.open();
    return ok('Socket Mode: Slack lets the app connect');
  } catch (error) {
    const mend =
      'Basic Information, App-Level Tokens: one with connections:write into SLACK_APP_TOKEN; and Socket Mode switched on.';
    return fail(`Socket Mode: Slack refuses the app-level token (${slackError(error) ?? 'no answer'})`, mend);
  }
}

/** Unsigned, so that the app refuses it: whoever answers 401 is the app. */
async function checkEvents(url: string | undefined): Promise<Finding> {
  const mend = 'Start the app; look at PUBLIC_URL, and at the proxy, which must pass POST /slack/events on as it is.';
  if (url === undefined)
    return warn('Whether Slack’s events arrive cannot be checked', 'Set PUBLIC_URL, or use Socket Mode.');
  try {
    const { status } = await fetch(url, { method: 'POST', redirect: 'error', signal: AbortSignal.timeout(10_000) });
    return status === 401
      ? ok('The address for Slack’s events leads to the app')
      : fail(`The address for Slack’s events answers ${status}`, mend);
  } catch {
    return fail('The address for Slack’s events does not answer', mend);
  }
}
