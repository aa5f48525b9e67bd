import type { Button } from '@slack/types';
import { ACTIONS } from './action-ids';
import { button } from './elements';

/** For any card on which names are masked. @param target as usecases/patients/reveal gives it; null: no button */
export const revealButton = (target: string | null): Button | false =>
  target !== null && button({ label: 'Reveal', action: ACTIONS.reveal, value: target });
