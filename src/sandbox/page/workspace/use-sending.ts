import { useState } from 'react';
import { slack } from '../api/slack';
import type { PickedFile } from '../lib/files';
import { useWorkspace } from '../state/workspace-context';
import { parseCommand } from './commands';

export interface Outgoing {
  readonly text: string;
  readonly files: readonly PickedFile[];
  readonly broadcast: boolean;
}

/** Sends a message or a slash command; what Slack itself would answer, it answers in `notice`. */
export function useSending(channel: string, threadTs: string | undefined) {
  const { user, refresh } = useWorkspace();
  const [notice, setNotice] = useState('');
  const [busy, setBusy] = useState(false);

  const send = async ({ text, files, broadcast }: Outgoing): Promise<boolean> => {
    const command = text.startsWith('/') && files.length === 0 ? parseCommand(text) : undefined;
    setNotice('');
    setBusy(true);
    try {
      if (command && threadTs) throw new Error(`${command.command} is not supported in threads. Sorry!`);
      if (command) await run(command);
      else {
        const thread = threadTs ? { threadTs, broadcast } : {};
        const posted = files.map(({ name, mimetype, base64 }) => ({ name, mimetype, base64 }));
        await slack.say({ user: user.id, channel, text, ...thread, ...(posted.length > 0 && { files: posted }) });
      }
      refresh();
      return true;
    } catch (error) {
      setNotice(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };

  const run = async (command: { command: string; text: string }): Promise<void> => {
    const answer = await slack.command({ user: user.id, channel, ...command });
    if (answer.ok) return;
    const known =
      answer.status === 404 ? 'is not a command of this workspace' : 'failed because the app did not respond';
    throw new Error(`${command.command} ${known}${answer.error ? ` (${answer.error})` : ''}.`);
  };
  return { send, busy, notice, forget: () => setNotice('') };
}
