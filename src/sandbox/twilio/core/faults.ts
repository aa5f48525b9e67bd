/** Faults to order: the next calls of an operation go wrong in the way that was asked for. */
import type { Fault, FaultOrder } from '../../contract';
import { HttpError } from '../../http';

const KINDS: ReadonlySet<string> = new Set(['429', '500', 'hang', 'drop_after', 'drop_before']);

const readFault = (value: unknown): Fault => {
  const fault = (value ?? {}) as { kind?: unknown; retryAfterSeconds?: unknown };
  if (typeof fault.kind !== 'string' || !KINDS.has(fault.kind))
    throw new HttpError(400, 'fault.kind is not one of the kinds.');
  if (fault.kind !== '429') return { kind: fault.kind } as Fault;
  const seconds = fault.retryAfterSeconds;
  return { kind: '429', retryAfterSeconds: typeof seconds === 'number' ? seconds : 1 };
};

export class Faults {
  private orders: { readonly method: string; readonly fault: Fault; left: number }[] = [];

  order(body: Record<string, unknown>): FaultOrder {
    const { method, times } = body;
    if (typeof method !== 'string' || method === '') throw new HttpError(400, 'method must be a name, or *.');
    if (typeof times !== 'number' || !(times >= 1)) throw new HttpError(400, 'times must be 1 or more.');
    const fault = readFault(body['fault']);
    this.orders.push({ method, fault, left: times });
    return { method, fault, times };
  }

  clear(): void {
    this.orders = [];
  }

  /** Orders are used up in the order in which they were given. */
  take(method: string): Fault | undefined {
    if (this.orders.length === 0) return undefined;
    const order = this.orders.find((candidate) => candidate.method === method || candidate.method === '*');
    if (order === undefined) return undefined;
    order.left -= 1;
    if (order.left <= 0) this.orders = this.orders.filter((candidate) => candidate !== order);
    return order.fault;
  }
}
