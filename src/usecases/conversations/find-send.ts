import { AppError } from '../../domain/errors';
import { templateKey } from '../../domain/template-name';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

/**
 * The send that a number, or the name of a template, means: of several sends of one template the newest. Null for none.
 * @throws AppError FORBIDDEN, NO_SUCH_SEND
 */
export async function findSend(ports: Ports, said: number | string | null, actor: string): Promise<number | null> {
  await requireRight(ports, actor, 'responses.read');
  if (said === null) return null;
  const { store } = ports;
  const found =
    typeof said === 'number' ? await store.campaigns.byId(said) : await store.responses.newestSend(templateKey(said));
  if (found) return found.id;
  throw new AppError('NO_SUCH_SEND', {
    message: 'responses of a send that is not there',
    userMessage: `There is no send ${typeof said === 'number' ? said : `of a template “${said}”`}. \`/outreach status\` lists the sends with their numbers.`,
  });
}
