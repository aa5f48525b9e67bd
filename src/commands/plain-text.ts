/** What Slack's cards say, for a terminal: no bold, nothing escaped, no characters that only keep Slack from acting on them. */
export const plainText = (mrkdwn: string): string =>
  mrkdwn
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/^\*(.*)\*$/gm, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
