import { useEffect, useMemo, useState, type MouseEvent } from 'react';
import type { SandboxUser, SlackState } from '../../contract';
import { ConfirmProvider } from '../blocks/confirm';
import { Modals } from '../modal/Modals';
import { linkedMessage, newestTs, placeOf } from '../state/conversation';
import { useReadMarks } from '../state/use-read-marks';
import { WorkspaceProvider } from '../state/workspace-context';
import { ChannelView } from './ChannelView';
import { Sidebar } from './Sidebar';
import { ThreadPanel } from './ThreadPanel';

interface Props {
  readonly user: SandboxUser;
  readonly state: SlackState;
  readonly zone: string;
  readonly refresh: () => void;
  readonly complain: (problem: string) => void;
  readonly place: string | undefined;
  readonly goTo: (channel: string) => void;
}

/** One person's Slack. */
export function Workspace({ user, state, zone, refresh, complain, place, goTo }: Props) {
  const [marks, mark] = useReadMarks('read');
  const [threads, setThreads] = useState<Readonly<Record<string, string>>>({});
  const channel = state.channels.find((c) => c.id === place) ?? firstChannel(state, user.id);
  const thread = channel && threads[channel.id];
  const newest = channel ? newestTs(state.messages, channel.id) : '0';
  useEffect(() => {
    if (channel) mark(placeOf(user.id, channel.id), newest);
    if (thread) mark(placeOf(user.id, thread), newest);
  }, [channel, thread, newest, user.id, mark]);
  const context = useMemo(
    () => ({ user, state, zone, refresh, complain, goTo }),
    [user, state, zone, refresh, complain, goTo],
  );
  const setThread = (ts: string): void => channel && setThreads((old) => ({ ...old, [channel.id]: ts }));
  const follow = (e: MouseEvent): void => {
    const link = linkedMessage((e.target as HTMLElement).closest('a')?.href ?? '');
    if (!link) return;
    e.preventDefault();
    goTo(link.channel);
    setThreads((old) => ({ ...old, [link.channel]: link.thread }));
  };
  return (
    <WorkspaceProvider value={context}>
      <ConfirmProvider>
        <div className="workspace" onClick={follow}>
          <Sidebar current={channel?.id} marks={marks} choose={goTo} />
          {channel && <ChannelView key={channel.id} channel={channel} marks={marks} openThread={setThread} />}
          {channel && thread && (
            <ThreadPanel key={`${channel.id}/${thread}`} channel={channel} ts={thread} close={() => setThread('')} />
          )}
        </div>
        <Modals channel={channel?.id} />
      </ConfirmProvider>
    </WorkspaceProvider>
  );
}

function firstChannel(state: SlackState, user: string) {
  const open = state.channels.filter((c) => !c.imUser && c.members.includes(user));
  return open.find((c) => c.name.includes('import')) ?? open[0] ?? state.channels[0];
}
