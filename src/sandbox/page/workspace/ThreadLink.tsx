import type { SandboxMessage } from '../../contract';
import { dateOfTs, format } from '../lib/time';
import { useWorkspace } from '../state/workspace-context';
import { Avatar } from './Avatar';

interface Props {
  readonly replies: readonly SandboxMessage[];
  readonly unread: boolean;
  readonly open: () => void;
}

export function ThreadLink({ replies, unread, open }: Props) {
  const { state, zone } = useWorkspace();
  const authors = [...new Set(replies.map((r) => r.user))].slice(0, 3);
  const last = replies.at(-1);
  return (
    <button type="button" className="thread-link" data-testid="thread-link" onClick={open}>
      {authors.map((id) => (
        <Avatar key={id} user={state.users.find((u) => u.id === id)} size={22} />
      ))}
      <span className="thread-count">{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</span>
      {unread && <span className="new-tag">new</span>}
      {last && <span className="quiet">last at {format(dateOfTs(last.ts), zone, 'h:mm a')}</span>}
    </button>
  );
}
