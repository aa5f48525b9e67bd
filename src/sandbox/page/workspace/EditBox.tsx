import { useState } from 'react';
import type { SandboxMessage } from '../../contract';
import { slack } from '../api/slack';
import { useAttempt, useWorkspace } from '../state/workspace-context';

export function EditBox({ message, done }: { message: SandboxMessage; done: () => void }) {
  const { user } = useWorkspace();
  const attempt = useAttempt();
  const [text, setText] = useState(() => typed(message.text));
  const save = async (): Promise<void> => {
    const place = { user: user.id, channel: message.channel, ts: message.ts };
    if (await attempt(() => slack.edit({ ...place, text }))) done();
  };
  return (
    <div className="edit-box">
      <textarea
        className="field"
        aria-label="Edit message"
        data-testid="edit-box"
        autoFocus
        rows={2}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Escape') done();
          if (e.key === 'Enter' && !e.shiftKey) {
            e.preventDefault();
            void save();
          }
        }}
      />
      <div className="edit-buttons">
        <button type="button" className="btn btn-small" onClick={done}>
          Cancel
        </button>
        <button type="button" className="btn btn-small btn-primary" data-testid="edit-save" onClick={() => void save()}>
          Save
        </button>
      </div>
    </div>
  );
}

/** What Slack escaped and linked when it was sent, as it was typed; it will do so again. */
function typed(text: string): string {
  return text
    .replace(/<mailto:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^|>]*)(\|[^>]*)?>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
