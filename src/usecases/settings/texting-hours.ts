import { rulesOf, simpleRules, storedRules, type StoredRules, type TextingRules } from '../../domain/texting-rules';
import type { Store } from '../../store/store';
import { requireRight } from '../permissions';
import type { Ports, TextingHoursSource } from '../ports';

const KEY = 'texting_hours';

/**
 * The clinic's texting hours as they are now. Held in memory, as every claim asks for them; read again every few seconds,
 * because another process may have changed them.
 */
export class TextingHoursSetting implements TextingHoursSource {
  private stored: StoredRules;
  private rules: TextingRules;

  /** @param window hours of an installation whose admins have changed nothing: `07:00-21:00` */
  constructor(
    private readonly store: Pick<Store, 'settings'>,
    window: string,
  ) {
    this.stored = simpleRules(window);
    this.rules = rulesOf(this.stored);
  }

  /** The same object until they change. */
  current = (): TextingRules => this.rules;

  asStored = (): StoredRules => this.stored;

  async refresh(): Promise<void> {
    const row = await this.store.settings.read(KEY);
    if (row === null || row.value === JSON.stringify(this.stored)) return;
    this.stored = storedRules.parse(JSON.parse(row.value));
    this.rules = rulesOf(this.stored);
  }
}

/**
 * Changes the texting hours, at once and for what is queued as well.
 * @throws AppError FORBIDDEN, BAD_TEXTING_WINDOW
 */
export async function changeTextingHours(
  ports: Ports,
  { hours, actor }: { hours: StoredRules; actor: string },
): Promise<void> {
  await requireRight(ports, actor, 'settings.edit');
  // Read once before it is kept: what cannot be read is refused here, with words.
  rulesOf(hours);
  const at = ports.clock.now();
  const before = ports.clinic.textingHours.asStored();
  await ports.store.transaction(async (tx) => {
    await tx.settings.write(KEY, JSON.stringify(hours), { by: actor, at });
    const detail = { before, after: hours };
    await tx.audit.append({ at, actor, action: 'settings.texting_hours', subject: 'settings', detail });
  });
  await ports.clinic.textingHours.refresh();
  ports.wake.dispatch();
}
