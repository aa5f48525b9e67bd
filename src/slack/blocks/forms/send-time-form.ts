import type { ModalView } from '@slack/types';
import { VIEWS } from '../action-ids';
import { plain } from '../elements';
import { input } from './inputs';
import { timeIn, type ViewValues } from './view-values';

const START_AT = 'send_time_start_at';

/** Asks when a previewed send is to start. */
export const sendTimeForm = ({
  campaignId,
  timeZone,
}: {
  readonly campaignId: number;
  readonly timeZone: string;
}): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.sendTime,
  private_metadata: String(campaignId),
  title: plain('Schedule a send', 24),
  close: plain('Back', 24),
  submit: plain('Schedule', 24),
  blocks: [
    input({
      block: START_AT,
      label: 'Start at (your own time)',
      hint: `The clinic’s time zone is ${timeZone}. Each patient is texted only inside the texting window where they live.`,
      element: { type: 'datetimepicker' },
    }),
  ],
});

export const readSendTimeForm = (values: ViewValues): Date | null => timeIn(values, START_AT);

export const sendTimeError = (error: string): Record<string, string> => ({ [START_AT]: error });
