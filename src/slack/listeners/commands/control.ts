import { AppError } from '../../../domain/errors';
import { type ControlEvent, findControllable } from '../../../usecases/campaigns/find-controllable';
import { type Controlled, controlCampaign } from '../../../usecases/campaigns/control-campaign';
import { resumeAll, stopAll } from '../../../usecases/campaigns/stop-all';
import { plural } from '../../blocks/words';
import type { Asked } from '../asked';

/** By number, or the only one there is. */
const control =
  (event: ControlEvent, done: (controlled: Controlled) => string) =>
  async ({ ports, user, words, show }: Asked): Promise<unknown> => {
    const campaignId = await findControllable(ports, { event, number: campaignNumber(words), actor: user });
    const controlled = await controlCampaign(ports, { campaignId, event, actor: user });
    return show({ text: `Send ${campaignId}: ${done(controlled)}` });
  };

/** @throws AppError NOT_A_NUMBER */
export function campaignNumber(words: string): number | null {
  if (words === '') return null;
  const number = Number(words.replace(/^#/, ''));
  if (Number.isInteger(number) && number > 0) return number;
  throw new AppError('NOT_A_NUMBER', {
    message: 'a campaign is named by its number',
    userMessage: `“${words.slice(0, 40)}” is not the number of a send. /outreach status shows the numbers.`,
  });
}

/** “all” instead of a number: the admins' switch for everything. */
const allOr =
  (all: (asked: Asked) => Promise<unknown>, one: (asked: Asked) => Promise<unknown>) =>
  (asked: Asked): Promise<unknown> =>
    /^(all|everything)$/i.test(asked.words) ? all(asked) : one(asked);

const calledBack = (underWay: number, becomes: string): string =>
  underWay === 0
    ? ''
    : ` ${plural(underWay, 'text was', 'texts were')} handed over already: what no carrier has yet is called back and ${becomes}; the others arrive. Its card counts them.`;

export const stop = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show({
    text: (await stopAll(ports, user))
      ? 'All sending is stopped. Nothing goes out to any patient. To go on, type /outreach resume all.'
      : 'All sending was stopped already. To go on, type /outreach resume all.',
  });

const goOn = async ({ ports, user, show }: Asked): Promise<unknown> =>
  show({
    text: (await resumeAll(ports, user))
      ? 'Sending goes on. What waited goes out now, inside the texting window; sends that were paused stay paused.'
      : 'Sending was not stopped. A single send is resumed with /outreach resume and its number.',
  });

export const pause = allOr(
  stop,
  control(
    'pause',
    ({ underWay }) => `paused. Nothing more goes out until somebody resumes it.${calledBack(underWay, 'waits')}`,
  ),
);
export const resume = allOr(
  goOn,
  control('resume', () => 'goes on.'),
);
export const cancel = control(
  'cancel',
  ({ canceled, underWay }) =>
    `canceled. ${plural(canceled, 'text was', 'texts were')} not sent.${calledBack(underWay, 'is not sent either')}`,
);
