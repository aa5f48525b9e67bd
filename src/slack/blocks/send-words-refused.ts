import { ACTIONS } from './action-ids';
import { actions, button, section } from './elements';
import { message, type Message } from './message';
import { escape } from './words';

const LONGEST_VALUE = 2000;

/** What was not understood of `/outreach send …`, and a way on that loses nothing of what was. */
export const sendWordsRefused = ({
  problems,
  meant,
  rest,
}: {
  readonly problems: readonly string[];
  readonly meant: string | null;
  readonly rest: string;
}): Message =>
  message([
    section(problems.map(escape).join('\n')),
    ...actions(
      meant !== null &&
        meant.length <= LONGEST_VALUE &&
        button({
          label: 'Yes, open the form with that',
          action: ACTIONS.openSendMeant,
          value: meant,
          style: 'primary',
        }),
      button({
        label: rest === '' ? 'Open an empty form' : 'Open the form with the rest',
        action: ACTIONS.openSend,
        value: rest.length <= LONGEST_VALUE ? rest : '',
      }),
    ),
  ]);
