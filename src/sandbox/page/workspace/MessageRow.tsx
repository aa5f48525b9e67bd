import { memo, useState } from 'react';
import type { SandboxMessage } from '../../contract';
import { slack } from '../api/slack';
import { dateOfTs, format } from '../lib/time';
import { isBroadcast, isReply } from '../state/conversation';
import { useAttempt, useWorkspace } from '../state/workspace-context';
import { Avatar } from './Avatar';
import { EditBox } from './EditBox';
import { MessageBody } from './MessageBody';
import { MessageTools } from './MessageTools';
import { Reactions } from './Reactions';
import { ThreadLink } from './ThreadLink';

interface Props {
  readonly message: SandboxMessage;
  /** The same person wrote the message before, a moment ago. */
  readonly continued: boolean;
  readonly replies?: readonly SandboxMessage[];
  readonly unreadReplies?: boolean;
  /** Absent inside a thread. */
  readonly openThread?: (ts: string) => void;
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, continued, replies, unreadReplies, openThread } = props;
  const { user, state, zone } = useWorkspace();
  const attempt = useAttempt();
  const [editing, setEditing] = useState(false);
  const author = state.users.find((u) => u.id === message.user);
  const hidden = message.ephemeralFor !== undefined;
  const root = message.threadTs ?? message.ts;
  const place = { user: user.id, channel: message.channel, ts: message.ts };
  const remove = (): void => void attempt(() => slack.remove(place));
  if (message.deleted) return <Deleted message={message} replies={replies} openThread={openThread} />;
  const head = !continued || hidden;
  return (
    <article
      className={`message ${head ? '' : 'continued'} ${hidden ? 'ephemeral' : ''}`}
      data-testid="message"
      data-ts={message.ts}
      data-ephemeral={hidden || undefined}
      aria-label={`Message from ${author?.realName ?? 'CareThread'}`}
    >
      <div className="message-side">{head ? <Avatar user={author} /> : <Time ts={message.ts} zone={zone} />}</div>
      <div className="message-main">
        {hidden && <EphemeralNote dismiss={remove} />}
        {head && (
          <header className="message-head">
            <strong>{author ? author.realName || author.name : 'CareThread'}</strong>
            {(author?.isBot ?? message.isBot) && <span className="app-tag">APP</span>}
            <Time ts={message.ts} zone={zone} />
          </header>
        )}
        {openThread && isReply(message) && isBroadcast(message) && (
          <button type="button" className="link small" onClick={() => openThread(root)}>
            replied to a thread
          </button>
        )}
        {editing ? <EditBox message={message} done={() => setEditing(false)} /> : <MessageBody message={message} />}
        {message.edited && <span className="edited">(edited)</span>}
        <Reactions message={message} />
        {replies && replies.length > 0 && openThread && (
          <ThreadLink replies={replies} unread={unreadReplies ?? false} open={() => openThread(root)} />
        )}
      </div>
      {!hidden && (
        <MessageTools
          message={message}
          openThread={openThread && (() => openThread(root))}
          edit={() => setEditing(true)}
          remove={remove}
        />
      )}
    </article>
  );
});

function Time({ ts, zone }: { ts: string; zone: string }) {
  const at = dateOfTs(ts);
  return (
    <time className="message-time" dateTime={at.toISOString()} title={format(at, zone, "EEEE, MMMM d 'at' h:mm:ss a")}>
      {format(at, zone, 'h:mm a')}
    </time>
  );
}

function EphemeralNote({ dismiss }: { dismiss: () => void }) {
  return (
    <p className="ephemeral-note">
      👁 Only visible to you
      <button type="button" className="link" data-testid="dismiss" onClick={dismiss}>
        Dismiss message
      </button>
    </p>
  );
}

type DeletedProps = {
  message: SandboxMessage;
  replies: readonly SandboxMessage[] | undefined;
  openThread: ((ts: string) => void) | undefined;
};

function Deleted({ message, replies, openThread }: DeletedProps) {
  return (
    <article className="message" data-testid="message" data-ts={message.ts} data-deleted="true">
      <div className="message-side">🗑</div>
      <div className="message-main">
        <p className="quiet">This message was deleted.</p>
        {replies && replies.length > 0 && openThread && (
          <ThreadLink replies={replies} unread={false} open={() => openThread(message.ts)} />
        )}
      </div>
    </article>
  );
}
