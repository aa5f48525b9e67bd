import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../domain/errors';
import type { StaffRoom } from '../usecases/ports';
import type { PictureAddresses } from './picture-address';

/** `GET /media/<token>`: what staff attached to a text, handed from Slack to Twilio, and kept nowhere. */
export const servePicture =
  (addresses: PictureAddresses | undefined, room: Pick<StaffRoom, 'openFile'>) =>
  async (response: ServerResponse, token: string): Promise<void> => {
    const picture = addresses?.read(token) ?? null;
    if (picture === null) return end(response, 404);
    try {
      const { bytes, size } = await room.openFile({ fileId: picture.fileId });
      response.setHeader('content-type', picture.contentType);
      if (size !== null) response.setHeader('content-length', size);
      await pipeline(bytes, response);
    } catch (error) {
      // Twilio tries again after a 5xx, and gives up after a 404.
      if (response.headersSent) response.destroy();
      else end(response, error instanceof AppError ? 404 : 503);
    }
  };

const end = (response: ServerResponse, status: number): void => {
  response.removeHeader('content-length');
  response.writeHead(status, { 'content-type': 'text/plain' }).end();
};
