import { readResponsesWords } from '../../../domain/responses-words';
import { findSend } from '../../../usecases/conversations/find-send';
import { listResponses } from '../../../usecases/conversations/list-responses';
import { responsesBlocks } from '../../blocks/responses';
import type { Asked } from '../asked';

/** `/outreach responses`, `/outreach responses unexpected`, `/outreach responses 12`, `/outreach responses no answer 12`. */
export async function responses({ ports, user, words, show }: Asked): Promise<unknown> {
  const { filter, sort, send } = readResponsesWords(words);
  const campaignId = await findSend(ports, send, user);
  return show(responsesBlocks(await listResponses(ports, { actor: user, filter, sort, page: 0, campaignId })));
}
