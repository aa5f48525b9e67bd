import type { ResponsesFilter } from '../../../domain/cards/card';
import { listResponses } from '../../../usecases/conversations/list-responses';
import { responsesBlocks } from '../../blocks/responses';
import type { Asked } from '../asked';

/** `/outreach responses`, `/outreach responses unexpected`, `/outreach responses 12`. */
export async function responses({ ports, user, words, show }: Asked): Promise<unknown> {
  const asked = words.toLowerCase().split(/\s+/);
  const filter: ResponsesFilter = asked.includes('unexpected')
    ? 'unexpected'
    : asked.includes('urgent')
      ? 'urgent'
      : 'all';
  const number = asked.map((word) => Number(word.replace(/^#/, ''))).find((n) => Number.isInteger(n) && n > 0);
  return show(
    responsesBlocks(await listResponses(ports, { actor: user, filter, page: 0, campaignId: number ?? null })),
  );
}
