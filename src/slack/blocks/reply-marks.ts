/** How a reply's class looks and reads, on cards and in lists. */

export const markOf = (replyClass: string | null): string => MARKS.get(replyClass ?? '') ?? '💬';

const MARKS: ReadonlyMap<string, string> = new Map([
  ['urgent', '🔴'],
  ['unexpected', '🟠'],
  ['opt_out', '🚫'],
  ['opt_in', '🔔'],
  ['help', '❓'],
  ['silent', '🔇'],
]);

/** In plain text; a label of staff's own when it is one of the expected answers. */
export const classInWords = (replyClass: string | null, answer: string | null): string => {
  if (replyClass === 'expected') return answer ?? 'Expected';
  return WORDS.get(replyClass ?? '') ?? 'New';
};

const WORDS: ReadonlyMap<string, string> = new Map([
  ['urgent', 'Urgent'],
  ['unexpected', 'Unexpected'],
  ['opt_out', 'Opted out'],
  ['opt_in', 'Wants texts again'],
  ['help', 'Asked who we are'],
  ['silent', 'No answer'],
]);
