/** Failures to order: each befalls the next so many calls of a method. */
import type { Fault, FaultOrder } from '../contract';
import { HttpError } from '../http';
import type { Json } from './model';

export interface Faults {
  order(order: FaultOrder): void;
  /** The fault that befalls this call, if any; it is then used up. */
  take(method: string): Fault | undefined;
  clear(): void;
}

export const createFaults = (): Faults => {
  let orders: { method: string; fault: Fault; left: number }[] = [];
  return {
    order: ({ method, fault, times }) => void orders.push({ method, fault, left: times }),
    take: (method) => {
      const order = orders.find((one) => one.method === method || one.method === '*');
      if (order === undefined) return undefined;
      order.left -= 1;
      if (order.left <= 0) orders = orders.filter((one) => one !== order);
      return order.fault;
    },
    clear: () => {
      orders = [];
    },
  };
};

const KINDS: readonly string[] = ['429', '500', 'hang', 'drop_after', 'drop_before'] satisfies Fault['kind'][];

export const parseFaultOrder = (body: Json): FaultOrder => {
  const { method, fault, times = 1 } = body;
  const kind = (fault as Json | undefined)?.['kind'];
  if (typeof method !== 'string' || typeof kind !== 'string' || !KINDS.includes(kind) || typeof times !== 'number') {
    throw new HttpError(400, `Give { method, fault: { kind: ${KINDS.join(' | ')} }, times }.`);
  }
  return { method, fault: fault as Fault, times };
};
