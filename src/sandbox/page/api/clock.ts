import type { ClockReading } from '../../contract';
import { getJson, postJson } from './http';

export const clock = {
  read: () => getJson<ClockReading>('clock'),
  move: (to: { now: string } | { advanceMs: number }) => postJson<ClockReading>('clock', to),
};
