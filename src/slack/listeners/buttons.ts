import type { ResponsesFilter, ResponsesSort } from '../../domain/cards/card';
import * as responsesOf from '../../usecases/conversations/list-responses';
import { type CONVERSATION_CHANGES, tendConversation } from '../../usecases/conversations/tend-conversation';
import { requireRight } from '../../usecases/permissions';
import { hoursForm } from '../blocks/forms/hours-form';
import { importForm } from '../blocks/forms/import-form';
import { responsesBlocks } from '../blocks/responses';
import { pressed } from './pressed';

const tend = (change: keyof typeof CONVERSATION_CHANGES) =>
  pressed((ports, { value, user }) => tendConversation(ports, { conversationId: Number(value), change, actor: user }));
export const takeConversation = tend('take');
export const resolveConversation = tend('resolve');
export const optOutConversation = tend('optOut');

export const openHours = pressed(async (ports, { user, client, triggerId }) => {
  await requireRight(ports, user, 'settings.edit');
  await client.views.open({ trigger_id: triggerId, view: hoursForm(ports.clinic.textingHours.asStored()) });
});

export const openImport = pressed(async (ports, { user, client, triggerId, channel }) => {
  await requireRight(ports, user, 'patients.import');
  await client.views.open({ trigger_id: triggerId, view: importForm({ place: channel }) });
});

interface ResponsesValue {
  readonly campaignId: number | null;
  readonly filter: ResponsesFilter;
  /** Not in cards of an earlier version. */
  readonly sort?: ResponsesSort;
  readonly page: number;
}

const askedBy = (value: string, actor: string): responsesOf.ResponsesQuery => ({
  sort: 'class',
  ...(JSON.parse(value) as ResponsesValue),
  actor,
});

export const turnResponsesPage = pressed(async (ports, { value, user, respond }) => {
  const page = await responsesOf.listResponses(ports, askedBy(value, user));
  await respond({ replace_original: true, ...responsesBlocks(page) });
});

export const downloadResponses = pressed(async (ports, { value, user }) => {
  await responsesOf.downloadResponses(ports, askedBy(value, user));
});

export const openResponses = pressed(async (ports, { user, client }) => {
  const page = await responsesOf.listResponses(ports, {
    actor: user,
    filter: 'all',
    sort: 'class',
    page: 0,
    campaignId: null,
  });
  await client.chat.postMessage({ channel: await ports.room.directChannel(user), ...responsesBlocks(page) });
});
