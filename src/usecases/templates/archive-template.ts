import { requireRight } from '../permissions';
import type { Ports } from '../ports';

/**
 * Puts a template away, or back: an archived one is offered for no new send, and what is under way goes on.
 * @returns false when it was so already
 * @throws AppError FORBIDDEN
 */
export async function archiveTemplate(
  ports: Ports,
  { templateId, actor, archived }: { templateId: number; actor: string; archived: boolean },
): Promise<boolean> {
  await requireRight(ports, actor, 'templates.write');
  const at = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const moved = await tx.templates.setArchived(templateId, archived ? at : null);
    const action = archived ? 'template.archive' : 'template.restore';
    const detail = { before: { archived: !archived }, after: { archived } };
    if (moved) await tx.audit.append({ at, actor, action, subject: `template:${templateId}`, detail });
    return moved;
  });
}
