import type { SandboxUser } from '../../contract';
import { Avatar } from './Avatar';

interface Props {
  readonly staff: readonly SandboxUser[];
  readonly user: string;
  readonly choose: (id: string) => void;
}

/** Whose Slack this is. Approving one's own outreach, say, is not allowed: one has to be able to be somebody else. */
export function UserSwitch({ staff, user, choose }: Props) {
  return (
    <div className="user-switch" role="radiogroup" aria-label="You are" data-testid="user-switch">
      <span className="user-switch-label">You are</span>
      {staff.map((person) => (
        <button
          key={person.id}
          type="button"
          role="radio"
          aria-checked={person.id === user}
          className={person.id === user ? 'chosen' : ''}
          data-testid={`user-${person.role}`}
          data-user-id={person.id}
          onClick={() => choose(person.id)}
        >
          <Avatar user={person} size={26} />
          <span className="user-name">{person.realName || person.name}</span>
          <span className="user-role">{person.role}</span>
        </button>
      ))}
    </div>
  );
}
