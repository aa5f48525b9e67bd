import { useCallback, useEffect, useRef } from 'react';

const LEAST_PAUSE_MS = 150;

/**
 * Calls `refetch` at once, after every `changed` event of the stream, and whenever the stream comes back.
 *
 * A browser opens six connections to one address, over all its tabs: a hidden tab therefore gives its stream back, and
 * fetches anew when it is looked at again. Refetches never overlap, and slow ones space themselves out.
 */
export function useLive(streamUrl: string, refetch: () => Promise<void>, onLink?: (isUp: boolean) => void): () => void {
  const schedule = useThrottled(refetch);
  // Another person, another search: what is asked for has changed.
  useEffect(schedule, [refetch, schedule]);
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = (): void => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    };
    const open = (): void => {
      close();
      source = new EventSource(streamUrl);
      source.onopen = () => {
        onLink?.(true);
        schedule();
      };
      source.addEventListener('changed', schedule);
      // The browser gives up for good when the answer is not a stream (a server that is just starting, say).
      source.onerror = () => {
        onLink?.(false);
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, 1500);
      };
    };
    const follow = (): void => (document.hidden ? close() : open());
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close();
    };
  }, [streamUrl, schedule, onLink]);
  return schedule;
}

function useThrottled(refetch: () => Promise<void>): () => void {
  const latest = useRef(refetch);
  useEffect(() => {
    latest.current = refetch;
  }, [refetch]);
  const gate = useRef({ busy: false, again: false });
  return useCallback(() => {
    const g = gate.current;
    const run = async (): Promise<void> => {
      const began = performance.now();
      await latest.current().catch(() => undefined);
      const pause = Math.max(LEAST_PAUSE_MS, 2 * (performance.now() - began));
      setTimeout(() => {
        g.busy = g.again;
        g.again = false;
        if (g.busy) void run();
      }, pause);
    };
    if (g.busy) g.again = true;
    else {
      g.busy = true;
      void run();
    }
  }, []);
}
