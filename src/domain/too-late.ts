import type { CampaignState, Reaction } from './campaign';

const DECIDED: Readonly<Record<CampaignState, string | null>> = {
  AWAITING_APPROVAL: null,
  SCHEDULED: null,
  DRAFT: 'This send was changed after it was shown here. It is decided when it is asked for again.',
  RUNNING: 'This send was decided already, and is being sent.',
  PAUSED: 'This send was decided already, and is paused while being sent.',
  DONE: 'This send was decided already, and all of it was sent.',
  REJECTED: 'This send was rejected already. Whoever asked for it can change it and ask again.',
  CANCELED: 'This send was canceled: there is nothing to decide any more.',
  EXPIRED: 'Nobody decided this send in time, and it is closed. Whoever asked for it can ask again.',
};

/** Why a ✅ or ❌ that is put on a card now, or taken back, changes nothing any more; undefined while it can. */
export const whyTooLate = (
  state: CampaignState,
  { kind, removed }: Pick<Reaction, 'kind'> & { readonly removed: boolean },
): string | undefined => {
  const decided = DECIDED[state];
  if (decided === null) return undefined;
  const wantsItStopped = removed === (kind === 'approve');
  const isGoing = state === 'RUNNING' || state === 'PAUSED';
  return wantsItStopped && isGoing ? `${decided} To stop it, press Cancel on its card, or Pause first.` : decided;
};
