/** Every operation of the REST API that the sandbox knows: a line each. The name is what a fault order calls it. */
import { fetchAccount, fetchBalance, fetchNumber, listNumbers, updateNumber } from './account';
import type { Operation } from './call';
import { fetchService, listServiceCampaigns, listServiceNumbers, updateService } from './messaging-service';
import { createMessage } from './create-message';
import { listMessages } from './list-messages';
import { deleteMedia, fetchMedia, fetchMediaContent, listMedia } from './message-media';
import { deleteMessage, fetchMessage, updateMessage } from './one-message';

export interface Route {
  readonly name: string;
  readonly run: Operation;
}

/** Keys: the method, and the path after the account (or of another product) with `{sid}` for every sid. */
export const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['POST /Messages.json', { name: 'messages.create', run: createMessage }],
  ['GET /Messages.json', { name: 'messages.list', run: listMessages }],
  ['GET /Messages/{sid}.json', { name: 'messages.fetch', run: fetchMessage }],
  ['POST /Messages/{sid}.json', { name: 'messages.update', run: updateMessage }],
  ['DELETE /Messages/{sid}.json', { name: 'messages.remove', run: deleteMessage }],
  ['GET /Messages/{sid}/Media.json', { name: 'media.list', run: listMedia }],
  ['GET /Messages/{sid}/Media/{sid}.json', { name: 'media.fetch', run: fetchMedia }],
  ['GET /Messages/{sid}/Media/{sid}', { name: 'media.content', run: fetchMediaContent }],
  ['DELETE /Messages/{sid}/Media/{sid}.json', { name: 'media.remove', run: deleteMedia }],
  ['GET .json', { name: 'account.fetch', run: fetchAccount }],
  ['GET /Balance.json', { name: 'balance.fetch', run: fetchBalance }],
  ['GET /IncomingPhoneNumbers.json', { name: 'numbers.list', run: listNumbers }],
  ['GET /IncomingPhoneNumbers/{sid}.json', { name: 'numbers.fetch', run: fetchNumber }],
  ['POST /IncomingPhoneNumbers/{sid}.json', { name: 'numbers.update', run: updateNumber }],
  ['GET /v1/Services/{sid}', { name: 'services.fetch', run: fetchService }],
  ['POST /v1/Services/{sid}', { name: 'services.update', run: updateService }],
  ['GET /v1/Services/{sid}/PhoneNumbers', { name: 'services.numbers', run: listServiceNumbers }],
  ['GET /v1/Services/{sid}/Compliance/Usa2p', { name: 'services.campaigns', run: listServiceCampaigns }],
]);
