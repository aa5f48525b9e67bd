import { useMemo, useState } from 'react';
import type { SandboxChannel } from '../../contract';
import { placeOf, repliesByThread, topLevel } from '../state/conversation';
import type { ReadMarks } from '../state/use-read-marks';
import { useWorkspace } from '../state/workspace-context';
import { Composer } from './Composer';
import { HomeView } from './HomeView';
import { MessageList } from './MessageList';
import { useAttachedFiles } from './use-attached-files';

interface Props {
  readonly channel: SandboxChannel;
  readonly marks: ReadMarks;
  readonly openThread: (ts: string) => void;
}

export function ChannelView({ channel, marks, openThread }: Props) {
  const [tab, setTab] = useState<'home' | 'messages'>('messages');
  const dm = channel.imUser !== undefined;
  return (
    <section className="channel" aria-label={dm ? 'CareThread' : `#${channel.name}`}>
      <header className="panel-head">
        <h2 data-testid="channel-title">{dm ? 'CareThread' : `# ${channel.name}`}</h2>
        {dm && <Tabs tab={tab} choose={setTab} />}
        {!dm && <span className="quiet">{channel.members.length} members</span>}
      </header>
      {dm && tab === 'home' ? <HomeView /> : <Conversation channel={channel} marks={marks} openThread={openThread} />}
    </section>
  );
}

function Tabs({ tab, choose }: { tab: 'home' | 'messages'; choose: (tab: 'home' | 'messages') => void }) {
  return (
    <div className="tabs" role="tablist" aria-label="CareThread">
      {(['messages', 'home'] as const).map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={tab === name}
          data-testid={`tab-${name}`}
          onClick={() => choose(name)}
        >
          {name === 'home' ? 'Home' : 'Messages'}
        </button>
      ))}
    </div>
  );
}

function Conversation({ channel, marks, openThread }: Props) {
  const { state, user } = useWorkspace();
  const attached = useAttachedFiles();
  const messages = useMemo(() => topLevel(state.messages, channel.id), [state.messages, channel.id]);
  const threads = useMemo(() => repliesByThread(state.messages, channel.id), [state.messages, channel.id]);
  const name = channel.imUser ? 'CareThread' : `#${channel.name}`;
  const unread = (ts: string): boolean => {
    const last = threads.get(ts)?.at(-1);
    return last !== undefined && last.user !== user.id && Number(last.ts) > Number(marks[placeOf(user.id, ts)] ?? 0);
  };
  return (
    <div
      className={`conversation ${attached.dragging ? 'dropping' : ''}`}
      data-testid="drop-zone"
      {...attached.dropZone}
    >
      {messages.length === 0 && <Empty name={name} />}
      <MessageList
        messages={messages}
        threads={threads}
        unread={unread}
        openThread={openThread}
        label={`Messages in ${name}`}
      />
      <Composer
        channel={channel.id}
        placeholder={`Message ${name}, or type / for commands`}
        files={attached.files}
        addFiles={attached.addFiles}
        dropFile={attached.dropFile}
        sent={attached.clear}
      />
    </div>
  );
}

function Empty({ name }: { name: string }) {
  return (
    <div className="empty">
      <p>
        Nothing in <strong>{name}</strong> yet.
      </p>
      <p>
        Type <code>/outreach</code> below, or drop a file here.
      </p>
    </div>
  );
}
