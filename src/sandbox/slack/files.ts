/** Files: kept in memory, downloaded with the app's token, looked at by the page without one. */
import type { ServerResponse } from 'node:http';
import type { SlackContext } from './context';
import { newId, secondsOf } from './ids';
import type { StoredFile } from './model';

export interface NewFile {
  readonly name: string;
  readonly mimetype: string;
  readonly user: string;
  readonly size: number;
  readonly bytes?: Buffer;
  readonly visibleToApp?: boolean;
}

export const addFile = (context: SlackContext, file: NewFile): StoredFile => {
  const stored: StoredFile = {
    id: newId('F'),
    name: file.name,
    title: file.name,
    mimetype: file.mimetype,
    user: file.user,
    created: secondsOf(context.clock),
    size: file.size,
    visibleToApp: file.visibleToApp ?? false,
    deleted: false,
    shares: [],
    ...(file.bytes !== undefined && { bytes: file.bytes }),
  };
  context.world.files.set(stored.id, stored);
  return stored;
};

/** Slack guesses the type from the name, whatever the uploader says. */
export const mimetypeOf = (name: string): string => {
  const types: Record<string, string> = {
    csv: 'text/csv',
    txt: 'text/plain',
    json: 'application/json',
    pdf: 'application/pdf',
    png: 'image/png',
    jpg: 'image/jpeg',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  };
  return types[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
};

export const sendFile = (res: ServerResponse, file: StoredFile, attachment: boolean): void => {
  const name = encodeURIComponent(file.name);
  res.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': String(file.bytes?.length ?? 0),
    'content-disposition': `${attachment ? 'attachment' : 'inline'}; filename*=UTF-8''${name}`,
  });
  res.end(file.bytes);
};

/** What Slack gives instead of the file to whoever has no right to it: its login page, with 200. */
export const sendLoginPage = (res: ServerResponse): void => {
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  res.end('<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Slack</body></html>');
};
