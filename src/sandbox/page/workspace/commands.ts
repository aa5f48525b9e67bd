/** What the message box offers after a slash. Only a hint: whatever is typed is sent. */
export const COMMANDS: readonly { readonly text: string; readonly does: string }[] = [
  { text: '/outreach import', does: 'bring in patients from a CSV file' },
  { text: '/outreach template new', does: 'write a template' },
  { text: '/outreach template list', does: 'see the templates' },
  { text: '/outreach template library', does: 'start from an example' },
  { text: '/outreach send', does: 'text a template to groups of patients' },
  { text: '/outreach status', does: 'see what is being sent, and what was' },
  { text: '/outreach pause', does: 'pause a send' },
  { text: '/outreach resume', does: 'go on with a paused send' },
  { text: '/outreach cancel', does: 'end a send by its number' },
  { text: '/outreach responses', does: 'read the answers, unexpected ones first' },
  { text: '/outreach text', does: 'open a conversation with one patient' },
  { text: '/outreach patient', does: 'look a patient up' },
  { text: '/outreach groups', does: 'see the groups' },
  { text: '/outreach settings', does: 'hours, roles, thresholds' },
  { text: '/outreach audit', does: 'who did what, and when' },
  { text: '/outreach help', does: 'all commands, with what they take' },
];

export function hintsFor(text: string): typeof COMMANDS {
  if (!text.startsWith('/') || text.includes('\n')) return [];
  const typed = text.toLowerCase().trimEnd();
  return COMMANDS.filter((c) => c.text.startsWith(typed) && c.text !== typed);
}

/** `// a note` is no command. */
export function parseCommand(text: string): { command: string; text: string } | undefined {
  const found = /^(\/[^\s/]\S*)\s*([\s\S]*)$/.exec(text.trim());
  return found?.[1] ? { command: found[1], text: found[2] ?? '' } : undefined;
}
