import type { Ports } from '../ports';
import { importKey } from './start-import';

/** The card moves no more often than this, in ms. */
const TELL_EVERY_MS = 1_000;

/** Brings the card up to date while a long work goes on. */
export const cardMover = ({ store, wake }: Ports, importId: number): (() => Promise<void>) => {
  let toldAt = Date.now();
  return async () => {
    if (Date.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = Date.now();
    await store.posts.touch(importKey(importId));
    wake.posts();
  };
};
