/** How a reply's class looks and reads, on cards and in lists. */

export const markOf = (replyClass: string | null): string => (replyClass === null ? '💬' : (MARKS[replyClass] ?? '💬'));

const MARKS: Readonly<Record<string, string>> = {
  urgent: '🔴',
  unexpected: '🟠',
  opt_out: '🚫',
  opt_in: '🔔',
  help: '❓',
};

/** In plain text; a label of staff's own when it is one of the expected answers. */
export const classInWords = (replyClass: string | null, answer: string | null): string => {
  if (replyClass === 'expected') return answer ?? 'Expected';
  return replyClass === null ? 'New' : (WORDS[replyClass] ?? 'New');
};

const WORDS: Readonly<Record<string, string>> = {
  urgent: 'Urgent',
  unexpected: 'Unexpected',
  opt_out: 'Opted out',
  opt_in: 'Wants texts again',
  help: 'Asked who we are',
};
