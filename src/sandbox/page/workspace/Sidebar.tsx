import type { SandboxChannel } from '../../contract';
import { isDm, unreadCount } from '../state/conversation';
import type { ReadMarks } from '../state/use-read-marks';
import { useWorkspace } from '../state/workspace-context';
import { Avatar } from './Avatar';

interface Props {
  readonly current: string | undefined;
  readonly marks: ReadMarks;
  readonly choose: (channel: string) => void;
}

export function Sidebar({ current, marks, choose }: Props) {
  const { state, user } = useWorkspace();
  const mine = state.channels.filter((c) => !isDm(c) && c.members.includes(user.id));
  const others = state.channels.filter((c) => !isDm(c) && !c.members.includes(user.id));
  const dm = state.channels.find((c) => c.imUser === user.id);
  const entry = (channel: SandboxChannel) => (
    <Entry
      key={channel.id}
      channel={channel}
      current={channel.id === current}
      unread={channel.id === current ? 0 : unreadCount(state, channel.id, user.id, marks)}
      choose={choose}
    />
  );
  return (
    <nav className="sidebar" aria-label="Channels and apps">
      <h1 className="workspace-name">Riverbend Community Clinic</h1>
      <h2>Channels</h2>
      <ul>{mine.map(entry)}</ul>
      {others.length > 0 && (
        <>
          <h2 title="Channels that this person has not joined">Not joined</h2>
          <ul className="not-joined">{others.map(entry)}</ul>
        </>
      )}
      <h2>Apps</h2>
      <ul>{dm && entry(dm)}</ul>
      <p className="sidebar-note">Everything here is invented and stays on this computer.</p>
    </nav>
  );
}

interface EntryProps {
  readonly channel: SandboxChannel;
  readonly current: boolean;
  readonly unread: number;
  readonly choose: (channel: string) => void;
}

function Entry({ channel, current, unread, choose }: EntryProps) {
  const { state } = useWorkspace();
  const dm = isDm(channel);
  const name = dm ? 'CareThread' : channel.name;
  return (
    <li>
      <button
        type="button"
        className={`entry ${current ? 'current' : ''} ${unread > 0 ? 'unread' : ''}`}
        aria-current={current ? 'page' : undefined}
        data-testid={dm ? 'channel-CareThread' : `channel-${channel.name}`}
        data-channel-id={channel.id}
        onClick={() => choose(channel.id)}
      >
        {dm ? <Avatar user={state.users.find((u) => u.isBot)} size={20} /> : <span className="hash">#</span>}
        <span className="entry-name">{name}</span>
        {unread > 0 && (
          <span className="badge" aria-label={`${unread} unread`}>
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
    </li>
  );
}
