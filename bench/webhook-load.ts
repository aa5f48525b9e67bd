import { Pool } from 'undici';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/**
 * Signed webhooks from a process of its own, `CONNECTIONS` at once: all are signed first, then sent. Says how long it took, and how long
 * each waited.
 */
const CONNECTIONS = 50;

interface Order {
  readonly address: string;
  readonly token: string;
  readonly kind: 'inbound' | 'status';
  readonly count: number;
  /** The first number of the SIDs and phones. */
  readonly from: number;
  /** Webhooks a second; 0 = as fast as they are answered. */
  readonly rate: number;
  /** One in so many is unexpected, and all others are expected; not given: two in ten, and some STOP. */
  readonly unexpectedEvery?: number;
}

interface Signed {
  readonly path: string;
  readonly body: string;
  readonly signature: string;
}

const sidOf = (prefix: string, index: number): string => prefix + index.toString(16).padStart(32, '0');
const phoneOf = (index: number): string => `+1512${2_000_000 + index}`;

/** Seven in ten answer as expected; two need a person, and one in a hundred has enough. */
function textOf(index: number, unexpectedEvery?: number): string {
  if (unexpectedEvery !== undefined)
    return index % unexpectedEvery === unexpectedEvery - 1 ? `Can I come in ${index} days?` : 'YES';
  if (index % 100 === 99) return 'STOP';
  return index % 10 < 8 ? 'YES' : `Can I come on Friday at ${index % 12}?`;
}

function paramsOf({ kind, from, unexpectedEvery }: Order, index: number): Record<string, string> {
  const account = sidOf('AC', 1);
  if (kind === 'inbound') {
    const MessageSid = sidOf('SM', 1_000_000_000 + from + index);
    return {
      MessageSid,
      AccountSid: account,
      From: phoneOf(from + index),
      To: '+15005550006',
      Body: textOf(index, unexpectedEvery),
      NumMedia: '0',
    };
  }
  // Twilio says of each first that it is sent, then that it is delivered.
  const MessageStatus = index % 2 === 0 ? 'sent' : 'delivered';
  return {
    MessageSid: sidOf('SM', from + Math.floor(index / 2)),
    AccountSid: account,
    MessageStatus,
    To: '+15122000000',
  };
}

function signed(order: Order, index: number): Signed {
  const params = paramsOf(order, index);
  const path = `/twilio/${order.kind}`;
  const signature = getExpectedTwilioSignature(order.token, order.address + path, params);
  return { path, signature, body: new URLSearchParams(params).toString() };
}

async function main(): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '{}') as Order;
  const pool = new Pool(order.address, { connections: CONNECTIONS, pipelining: 1 });
  const requests = Array.from({ length: order.count }, (_, index) => signed(order, index));
  const waits = new Float64Array(order.count);
  let next = 0;
  let refused = 0;
  const began = performance.now();
  const send = async (): Promise<void> => {
    for (let index = next++; index < order.count; index = next++) {
      const { path, body, signature } = requests[index] as Signed;
      const due = began + (order.rate === 0 ? 0 : (index * 1_000) / order.rate);
      if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const sent = performance.now();
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
      const answer = await pool.request({ path, method: 'POST', headers, body });
      await answer.body.dump();
      if (answer.statusCode >= 300) refused += 1;
      waits[index] = performance.now() - sent;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  const ms = performance.now() - began;
  waits.sort();
  const quantile = (q: number): number => waits[Math.min(order.count - 1, Math.floor(order.count * q))] ?? 0;
  process.send?.({ ms, refused, p50: quantile(0.5), p99: quantile(0.99), longest: quantile(1) });
  await pool.close();
}

void main();
