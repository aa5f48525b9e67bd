import type { Button, KnownBlock } from '@slack/types';
import type { StatusPage, StatusRow } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, section } from './elements';
import { statusLine } from './lists';
import { message, type Message } from './message';
import { allStopped } from './send-facts';
import { resumeAllButton, stopAllButton } from './stop-all-buttons';
import { count, plural } from './words';

const MOST_SENDS = 40;
/** A press on one of these shows the list again; on a card of its own the value is the number alone. */
export const IN_LIST = ':list';

/** `/outreach status`: every send with what can be done about it now. */
export const statusBlocks = ({ rows, stopped, may }: StatusPage): Message =>
  message([
    ...(stopped === null ? [] : [section(allStopped(stopped))]),
    ...(rows.length === 0
      ? [section('No sends yet. Start one with `/outreach send`.')]
      : [
          header(plural(rows.length, 'send')),
          ...rows.slice(0, MOST_SENDS).map((row) => statusRowBlock(row, may.control)),
        ]),
    ...(rows.length > MOST_SENDS ? [context(`and ${count(rows.length - MOST_SENDS)} more`)] : []),
    ...(rows.length > 0 ? [context('`/outreach status` and a number shows one send with all its buttons.')] : []),
    ...actions(may.stopAll && (stopped === null ? stopAllButton : resumeAllButton)),
  ]);

/** A send with what can be done about it now. */
export const statusRowBlock = (row: StatusRow, mayControl: boolean): KnownBlock =>
  section(statusLine(row), mayControl ? nextButton(row) : undefined);

const nextButton = ({ state, campaignId }: StatusRow): Button | undefined => {
  const value = `${campaignId}${IN_LIST}`;
  if (state === 'RUNNING') return button({ label: 'Pause', action: ACTIONS.campaignPause, value });
  if (state === 'PAUSED') return button({ label: 'Resume', action: ACTIONS.campaignResume, value });
  return undefined;
};
