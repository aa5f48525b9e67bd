import {
  type ConversationSettings,
  conversationSettings,
  initialConversationSettings,
  type ReplyRoute,
} from '../../domain/conversation-settings';
import type { Store } from '../../store/store';
import { requireRight } from '../permissions';
import type { ConversationSettingsSource, Ports } from '../ports';

export const CONVERSATIONS_SETTING = 'conversations';

/** How conversations are held, as it is now. In memory, as every reply asks for it; read again every few seconds. */
export class ConversationsSetting implements ConversationSettingsSource {
  private settings: ConversationSettings;
  private read = '';

  constructor(
    private readonly store: Pick<Store, 'settings'>,
    replyThreads: 'all' | 'unexpected',
  ) {
    this.settings = initialConversationSettings(replyThreads);
  }

  current = (): ConversationSettings => this.settings;

  async refresh(): Promise<void> {
    const row = await this.store.settings.read(CONVERSATIONS_SETTING);
    if (row === null || row.value === this.read) return;
    this.settings = conversationSettings.parse(JSON.parse(row.value));
    this.read = row.value;
  }
}

type Changes = Partial<Omit<ConversationSettings, 'routes'>>;

/** Holds from the next reply on. @throws AppError FORBIDDEN */
export async function changeConversationSettings(
  ports: Ports,
  { changes, actor }: { changes: Changes; actor: string },
): Promise<void> {
  await change(ports, { actor, to: (before) => ({ ...before, ...changes }) });
}

/** Replies of a send, a template or a group go to a channel from now on; null = to the usual one again. @throws AppError FORBIDDEN */
export async function changeRoute(
  ports: Ports,
  { route, actor }: { route: Omit<ReplyRoute, 'channel'> & { channel: string | null }; actor: string },
): Promise<void> {
  const { of, id, channel } = route;
  await change(ports, {
    actor,
    to: (before) => ({
      ...before,
      routes: [
        ...before.routes.filter((one) => one.of !== of || one.id !== id),
        ...(channel === null ? [] : [{ of, id, channel }]),
      ],
    }),
  });
}

async function change(
  ports: Ports,
  { actor, to }: { actor: string; to: (before: ConversationSettings) => ConversationSettings },
): Promise<void> {
  await requireRight(ports, actor, 'settings.edit');
  const at = ports.clock.now();
  await ports.clinic.conversations.refresh();
  const before = ports.clinic.conversations.current();
  const after = conversationSettings.parse(to(before));
  await ports.store.transaction(async (tx) => {
    await tx.settings.write(CONVERSATIONS_SETTING, JSON.stringify(after), { by: actor, at });
    const detail = { before, after };
    await tx.audit.append({ at, actor, action: 'settings.conversations', subject: 'settings', detail });
  });
  await ports.clinic.conversations.refresh();
}
