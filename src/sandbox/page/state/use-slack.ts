import { useCallback, useMemo, useRef, useState } from 'react';
import type { SandboxMessage, SandboxUser, SlackState } from '../../contract';
import { slack } from '../api/slack';
import { useLive } from '../api/use-live';

export interface SlackConnection {
  readonly state: SlackState | undefined;
  readonly staff: readonly SandboxUser[];
  readonly reached: boolean;
  readonly refresh: () => void;
}

/** What this person's Slack shows, kept up to date. */
export function useSlack(user: string): SlackConnection {
  const [seen, setSeen] = useState<{ user: string; state: SlackState }>();
  const [reached, setReached] = useState(true);
  const asked = useRef(user);
  asked.current = user;
  const refetch = useCallback(async () => {
    try {
      const state = await slack.state(user);
      setReached(true);
      if (asked.current !== user) return;
      setSeen((old) => ({ user, state: sharing(old?.user === user ? old.state : undefined, state) }));
    } catch (error) {
      setReached(false);
      throw error;
    }
  }, [user]);
  const refresh = useLive(slack.streamUrl(user), refetch, setReached);
  const staff = useMemo(() => (seen?.state.users ?? []).filter((u) => !u.isBot && u.role !== ''), [seen]);
  return { state: seen && seen.user === user ? seen.state : undefined, staff, reached, refresh };
}

/** Unchanged messages keep their identity, so that React draws only what is new. */
function sharing(old: SlackState | undefined, state: SlackState): SlackState {
  if (!old) return state;
  const known = new Map(old.messages.map((m) => [keyOf(m), m]));
  const messages = state.messages.map((m) => {
    const before = known.get(keyOf(m));
    return before && JSON.stringify(before) === JSON.stringify(m) ? before : m;
  });
  return { ...state, messages };
}

export function keyOf(message: SandboxMessage): string {
  return `${message.channel}:${message.ts}`;
}
