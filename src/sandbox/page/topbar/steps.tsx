import type { ReactNode } from 'react';

export interface Step {
  readonly name: string;
  /** The role to try it as. */
  readonly as?: string;
  /** A word in the name of the channel where it happens. */
  readonly where?: string;
  readonly text: ReactNode;
}

/** The main job from end to end, in the words of the people who do it. */
export const STEPS: readonly Step[] = [
  {
    name: 'Bring in patients',
    as: 'sender',
    where: 'import',
    text: (
      <>
        Get{' '}
        <a href="samples/patients.csv" download data-testid="sample-csv">
          patients.csv
        </a>{' '}
        (200 invented patients) and drop it into the imports channel, or type <code>/outreach import</code>. Open the
        reply under it, read the card, and press Confirm.
      </>
    ),
  },
  {
    name: 'Write a template',
    as: 'sender',
    where: 'general',
    text: (
      <>
        Type <code>/outreach template new</code>. Use <code>{'{{ first_name }}'}</code> in the text, and YES and NO as
        the expected replies.
      </>
    ),
  },
  {
    name: 'Send it',
    as: 'sender',
    where: 'general',
    text: (
      <>
        Type <code>/outreach send</code>; choose the template, two groups, and when. The card says who is left out, and
        why. Press Send now.
      </>
    ),
  },
  {
    name: 'Approve',
    as: 'reviewer',
    where: 'approv',
    text: (
      <>
        A send to 50 patients or more needs a second person: your own ✅ does not count. Become the reviewer and react
        with ✅.
      </>
    ),
  },
  {
    name: 'Watch it go out',
    as: 'sender',
    where: 'general',
    text: (
      <>
        The phones on the right receive, and the send’s card counts. Try another one with the clock past 21:00: who
        lives where it is late gets it at 07:00.
      </>
    ),
  },
  {
    name: 'Patients answer',
    as: 'responder',
    where: 'repl',
    text: (
      <>
        Open a phone and answer YES; on another ask “What time?”. The second opens a thread marked 🟠 in the replies
        channel.
      </>
    ),
  },
  {
    name: 'Text back',
    as: 'responder',
    where: 'repl',
    text: (
      <>
        As the responder, answer in the thread. The phone shows it, and your message gets ⏳, then ✅. See all answers
        with <code>/outreach responses</code>.
      </>
    ),
  },
  { name: 'Opt out', text: <>Let a phone text STOP. Nothing more reaches it, whatever is sent.</> },
];
