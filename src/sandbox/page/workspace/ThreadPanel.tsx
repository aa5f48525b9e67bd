import { useMemo } from 'react';
import type { SandboxChannel } from '../../contract';
import { isReply } from '../state/conversation';
import { useWorkspace } from '../state/workspace-context';
import { Composer } from './Composer';
import { MessageList } from './MessageList';
import { useAttachedFiles } from './use-attached-files';

interface Props {
  readonly channel: SandboxChannel;
  readonly ts: string;
  readonly close: () => void;
}

export function ThreadPanel({ channel, ts, close }: Props) {
  const { state } = useWorkspace();
  const attached = useAttachedFiles();
  const messages = useMemo(
    () =>
      state.messages.filter(
        (m) => m.channel === channel.id && (m.ts === ts || (isReply(m) && m.threadTs === ts && !m.deleted)),
      ),
    [state.messages, channel.id, ts],
  );
  return (
    <aside
      className={`thread-panel ${attached.dragging ? 'dropping' : ''}`}
      aria-label="Thread"
      data-testid="thread-panel"
      data-thread-ts={ts}
      {...attached.dropZone}
    >
      <header className="panel-head">
        <h2>
          Thread <span className="quiet">{channel.imUser ? 'CareThread' : `#${channel.name}`}</span>
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close thread"
          data-testid="thread-close"
          onClick={close}
        >
          ×
        </button>
      </header>
      <MessageList messages={messages} label="Thread" />
      <Composer
        channel={channel.id}
        threadTs={ts}
        placeholder="Reply…"
        files={attached.files}
        addFiles={attached.addFiles}
        dropFile={attached.dropFile}
        sent={attached.clear}
      />
    </aside>
  );
}
