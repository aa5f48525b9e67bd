import { Readable } from 'node:stream';
import type { WebClient } from '@slack/web-api';
import { AppError } from '../domain/errors';
import { PICTURE_TYPES } from '../domain/media';
import { isAllowedHost, standsFor } from '../domain/hosts';
import { slackError } from './outcomes';
import { persistently } from './patiently';
import type { StaffFile } from '../usecases/media';
import type { SlackFile, SlackFileRef } from '../usecases/ports';

/**
 * Streams a file from Slack; while Slack stumbles it is asked again, for some seconds.
 * @throws AppError FILE_UNREACHABLE
 */
export async function openSlackFile(
  client: WebClient,
  { fileId }: SlackFileRef,
  { botToken, apiUrl }: { readonly botToken: string; readonly apiUrl: string },
): Promise<SlackFile> {
  const { file } = await persistently(() => client.files.info({ file: fileId })).catch((error: unknown) => {
    throw GONE.has(slackError(error) ?? '') ? gone(fileId) : error;
  });
  const address = file?.url_private_download ?? file?.url_private;
  if (address === undefined || !isSlacks(address, apiUrl)) throw unreachable(fileId, 'no address of Slack');
  const answer = await persistently(async () => {
    // A redirect would carry the token to somebody else.
    const got = await fetch(address, { headers: { authorization: `Bearer ${botToken}` }, redirect: 'error' });
    if (got.status >= 500 || got.status === 429) throw unreachable(fileId, `status ${got.status}`);
    return got;
  });
  const isLoginPage =
    answer.headers.get('content-type')?.startsWith('text/html') === true && !file?.name?.endsWith('.html');
  if (!answer.ok || !answer.body || isLoginPage) throw unreachable(fileId, `status ${answer.status}`);
  return {
    name: file?.name ?? 'file',
    size: file?.size ?? null,
    permalink: file?.permalink ?? null,
    bytes: Readable.from(answer.body as AsyncIterable<Uint8Array>, { objectMode: false }),
  };
}

/** A file's address as Slack gave it is only called with our token if it is Slack's. */
const isSlacks = (address: string, apiUrl: string): boolean =>
  URL.canParse(address) && (standsFor(apiUrl, new URL(address)) || isAllowedHost(new URL(address), 'slack files'));

/** What Slack says of a file that somebody has deleted. */
const GONE = new Set(['file_not_found', 'file_deleted', 'file_is_deleted']);

const gone = (fileId: string): AppError =>
  new AppError('FILE_UNREACHABLE', {
    message: `file ${fileId} is not in Slack any more`,
    userMessage: 'The file is not in Slack any more. Drop it again.',
  });

const unreachable = (fileId: string, why: string): AppError =>
  new AppError('FILE_UNREACHABLE', {
    message: `file ${fileId} cannot be fetched: ${why}`,
    userMessage:
      'Slack did not hand the file over. Drop it again; if that does not help, an admin has to check the app’s "files:read" scope.',
  });

/** The files of a message, as Slack tells of them in events and histories. */
export const staffFiles = (files: unknown): StaffFile[] =>
  (Array.isArray(files) ? (files as FileInEvent[]) : []).map((file) => ({
    id: typeof file.id === 'string' ? file.id : '',
    type: typeof file.mimetype === 'string' ? file.mimetype : typeByName(file.name),
    size: typeof file.size === 'number' ? file.size : null,
  }));

interface FileInEvent {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly mimetype?: unknown;
  readonly size?: unknown;
}

/** Where Slack does not say what it is. */
const typeByName = (name: unknown): string =>
  PICTURE_TYPES.get(typeof name === 'string' ? name.toLowerCase().replace(/^.*\./, '').replace('jpeg', 'jpg') : '') ??
  '';
