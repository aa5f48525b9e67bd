import type { Clock } from './usecases/ports';

export const systemClock: Clock = { now: () => new Date() };

/**
 * A clock that follows another one, told by server-sent events of `{ offsetMs }`: for trials, where somebody moves the
 * time. config.ts refuses it unless Slack's and Twilio's addresses are of this machine as well.
 * Resolves as soon as the first reading is in; throws if there is none.
 */
export async function followClock(url: string, signal: AbortSignal): Promise<Clock> {
  const reading = { offsetMs: 0 };
  const stream = await openStream(url, signal);
  const first = await stream.next();
  if (first.done) throw new Error(`no clock answers at ${url}`);
  reading.offsetMs = first.value;
  void follow(stream, reading, () => openStream(url, signal)).catch(() => undefined);
  return { now: () => new Date(Date.now() + reading.offsetMs) };
}

/** Ends when the signal given to `reopen` is aborted, which makes it throw for good. */
async function follow(
  stream: AsyncGenerator<number>,
  reading: { offsetMs: number },
  reopen: () => Promise<AsyncGenerator<number>>,
): Promise<never> {
  for (let readings = stream; ; readings = await reopen()) {
    try {
      for await (const offset of readings) reading.offsetMs = offset;
    } catch {
      // The trial's server went away: keep the last offset.
    }
    await new Promise((resolve) => setTimeout(resolve, 500).unref());
  }
}

/** For commands, which read the time once or twice. */
export async function clockOf(url: string | undefined): Promise<Clock> {
  if (url === undefined) return systemClock;
  const reading = new AbortController();
  const clock = await followClock(url, reading.signal);
  const offsetMs = clock.now().getTime() - Date.now();
  reading.abort();
  return { now: () => new Date(Date.now() + offsetMs) };
}

async function openStream(url: string, signal: AbortSignal): Promise<AsyncGenerator<number>> {
  const response = await fetch(`${url.replace(/\/$/, '')}/stream`, { signal });
  if (!response.ok || !response.body) throw new Error(`the clock at ${url} answered ${response.status}`);
  return readings(response.body);
}

async function* readings(body: AsyncIterable<Uint8Array>): AsyncGenerator<number> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) yield (JSON.parse(line.slice(5)) as { offsetMs: number }).offsetMs;
    }
  }
}
