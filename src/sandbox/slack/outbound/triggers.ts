/** A trigger id opens one modal within 3 s of what the person did. By this machine's clock: it is about being quick. */
import { SlackError } from '../errors';
import { newSecret } from '../ids';

export interface Trigger {
  readonly user: string;
  /** Where the person was: what `default_to_current_conversation` means. */
  readonly channel?: string;
  /** The modal in which the person acted. */
  readonly viewId?: string;
}

export interface Triggers {
  issue(trigger: Trigger): string;
  /** Throws invalid_trigger_id, exchanged_trigger_id or expired_trigger_id. */
  exchange(id: string): Trigger;
}

export const createTriggers = (lifeMs: number): Triggers => {
  const issued = new Map<string, { trigger: Trigger; at: number; used: boolean }>();
  return {
    issue: (trigger) => {
      const id = `${Date.now()}.${process.pid}.${newSecret()}`;
      issued.set(id, { trigger, at: Date.now(), used: false });
      return id;
    },
    exchange: (id) => {
      const record = issued.get(id);
      if (record === undefined) throw new SlackError('invalid_trigger_id');
      if (record.used) throw new SlackError('exchanged_trigger_id');
      if (Date.now() - record.at > lifeMs) throw new SlackError('expired_trigger_id');
      record.used = true;
      return record.trigger;
    },
  };
};
