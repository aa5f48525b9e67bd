/** The front of the control API: JSON in, JSON out, no password; the event stream and media content beside it. */
import type { ServerResponse } from 'node:http';
import { HttpError, sendFailure, sendJson } from '../../http';
import type { Handler } from '../../http';
import type { World } from '../world';
import { CONTROL_ROUTES } from './routes';

const PREFIX = '/twilio/control';
const MEDIA = '/media/';

/** Where Twilio's media redirects lead, and what the page shows. */
const sendMedia = (world: World, res: ServerResponse, sid: string): void => {
  const media = world.messages.media(sid);
  if (media === undefined || media.content === null) throw new HttpError(404, 'There is no such media.');
  res.writeHead(200, { 'content-type': media.contentType, 'content-length': media.content.length });
  res.end(media.content);
};

export const createControl =
  (world: World): Handler =>
  async (req, res, url) => {
    const path = url.pathname.slice(PREFIX.length);
    try {
      if (req.method === 'GET' && path === '/stream') return void world.changes.open(req, res, url);
      if (req.method === 'GET' && path.startsWith(MEDIA)) return sendMedia(world, res, path.slice(MEDIA.length));
      const route = CONTROL_ROUTES.get(`${req.method ?? ''} ${path}`);
      if (route === undefined) throw new HttpError(404, `There is no ${req.method ?? ''} ${url.pathname}.`);
      sendJson(res, 200, await route({ world, req, query: url.searchParams }));
    } catch (error) {
      sendFailure(res, error);
    }
  };
