/** A response_url: five uses in 30 minutes. */
import type { SandboxClock } from '../../clock';
import { newSecret } from '../ids';

export interface ResponseTarget {
  readonly user: string;
  readonly channel: string;
  /** The message in which a button was pressed; a slash command has none, and nothing to replace. */
  readonly messageTs?: string;
  readonly threadTs?: string;
}

export type ResponseUse =
  { readonly target: ResponseTarget } | { readonly error: 'used_url' | 'expired_url' | 'not_found' };

export interface ResponseUrls {
  /** The last part of the address. */
  issue(target: ResponseTarget): string;
  use(id: string): ResponseUse;
}

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

export const createResponseUrls = (clock: SandboxClock): ResponseUrls => {
  const issued = new Map<string, { target: ResponseTarget; until: number; uses: number }>();
  return {
    issue: (target) => {
      const id = newSecret();
      issued.set(id, { target, until: clock.now().getTime() + LIFE_MS, uses: 0 });
      return id;
    },
    use: (id) => {
      const record = issued.get(id);
      if (record === undefined) return { error: 'not_found' };
      if (clock.now().getTime() > record.until) return { error: 'expired_url' };
      if (record.uses >= MOST_USES) return { error: 'used_url' };
      record.uses += 1;
      return { target: record.target };
    },
  };
};
