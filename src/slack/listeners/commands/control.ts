import { AppError } from '../../../domain/errors';
import { type ControlEvent, findControllable } from '../../../usecases/campaigns/find-controllable';
import { controlCampaign } from '../../../usecases/campaigns/control-campaign';
import type { Asked } from '../asked';

/** By number, or the only one there is. */
const control =
  (event: ControlEvent, done: (count: number) => string) =>
  async ({ ports, user, words, show }: Asked): Promise<unknown> => {
    const campaignId = await findControllable(ports, { event, number: numberOf(words), actor: user });
    const count = await controlCampaign(ports, { campaignId, event, actor: user });
    return show({ text: `Send ${campaignId}: ${done(count)}` });
  };

function numberOf(words: string): number | null {
  if (words === '') return null;
  const number = Number(words.replace(/^#/, ''));
  if (Number.isInteger(number) && number > 0) return number;
  throw new AppError('NOT_A_NUMBER', {
    message: 'a campaign is named by its number',
    userMessage: `“${words.slice(0, 40)}” is not the number of a send. /outreach status shows the numbers.`,
  });
}

export const pause = control('pause', () => 'paused. Nothing more goes out until somebody resumes it.');
export const resume = control('resume', () => 'goes on.');
export const cancel = control('cancel', (count) => `canceled. ${count} texts were not sent.`);
