import type { SandboxMessage } from '../../contract';
import { slack } from '../api/slack';
import { emoji } from '../lib/emoji';
import { useAttempt, useWorkspace } from '../state/workspace-context';

/** Adds the person's reaction, or takes it back. */
export function useReact(message: SandboxMessage): (name: string) => Promise<boolean> {
  const { user } = useWorkspace();
  const attempt = useAttempt();
  return (name) => {
    const mine = message.reactions.find((r) => r.name === name)?.users.includes(user.id) ?? false;
    return attempt(() =>
      slack.react({ user: user.id, channel: message.channel, ts: message.ts, name, ...(mine && { remove: true }) }),
    );
  };
}

export function Reactions({ message }: { message: SandboxMessage }) {
  const { user, state } = useWorkspace();
  const react = useReact(message);
  if (message.reactions.length === 0) return null;
  const nameOf = (id: string): string => state.users.find((u) => u.id === id)?.realName ?? id;
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users }) => (
        <button
          key={name}
          type="button"
          className={`reaction ${users.includes(user.id) ? 'mine' : ''}`}
          aria-pressed={users.includes(user.id)}
          title={`${users.map(nameOf).join(', ')} reacted with :${name}:`}
          data-testid={`reaction-${name}`}
          onClick={() => void react(name)}
        >
          <span className="reaction-emoji">{emoji(name)}</span> {users.length}
        </button>
      ))}
    </div>
  );
}
