/** The built page, served as it is. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Handler } from './http';

const TYPES: Record<string, string> = {
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const read = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
};

/** @param prefix the part of the address that names the directory itself, with its slash */
export const createStaticPage =
  (directory: string | undefined, prefix = '/'): Handler =>
  async (_req, res, url) => {
    const name = url.pathname === '/' ? 'index.html' : decodeURIComponent(url.pathname.slice(prefix.length));
    const path = normalize(join(directory ?? '', name));
    const isInside = directory !== undefined && path.startsWith(normalize(directory) + sep);
    const content = isInside ? await read(path) : undefined;
    if (content === undefined) {
      res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      return void res.end(directory === undefined ? 'This sandbox has no page.' : 'Not found.');
    }
    res.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    res.end(content);
  };
