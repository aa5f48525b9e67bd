import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import type { SandboxMessage } from '../../contract';
import { dateOfTs, format } from '../lib/time';
import { keyOf } from '../state/use-slack';
import { useWorkspace } from '../state/workspace-context';
import { MessageRow } from './MessageRow';

/** Drawing more at once makes long channels slow, and nobody reads so far up. */
const STEP = 120;
const SAME_BREATH_S = 300;

interface Props {
  readonly messages: readonly SandboxMessage[];
  readonly threads?: ReadonlyMap<string, readonly SandboxMessage[]>;
  readonly unread?: (threadTs: string) => boolean;
  readonly openThread?: (ts: string) => void;
  readonly label: string;
}

export function MessageList({ messages, threads, unread, openThread, label }: Props) {
  const { zone } = useWorkspace();
  const [most, setMost] = useState(STEP);
  const shown = messages.slice(-most);
  const box = useStickyBottom(shown.at(-1)?.ts);
  return (
    <div className="message-list" ref={box} role="log" aria-label={label} tabIndex={0}>
      <div className="message-list-inner">
        {messages.length > most && (
          <button type="button" className="link earlier" onClick={() => setMost(most + STEP)}>
            Show earlier messages ({messages.length - most})
          </button>
        )}
        {shown.map((message, index) => (
          <Fragment key={keyOf(message)}>
            {dayOf(message, zone) !== dayOf(shown[index - 1], zone) && <Day message={message} zone={zone} />}
            <MessageRow
              message={message}
              continued={sameBreath(shown[index - 1], message)}
              {...(threads && { replies: threads.get(message.ts) ?? [] })}
              {...(unread && { unreadReplies: unread(message.ts) })}
              {...(openThread && { openThread })}
            />
          </Fragment>
        ))}
      </div>
    </div>
  );
}

function sameBreath(before: SandboxMessage | undefined, message: SandboxMessage): boolean {
  if (!before || before.user !== message.user || before.deleted) return false;
  if (before.ephemeralFor !== message.ephemeralFor) return false;
  return Number(message.ts) - Number(before.ts) < SAME_BREATH_S;
}

function dayOf(message: SandboxMessage | undefined, zone: string): string {
  return message ? format(dateOfTs(message.ts), zone, 'yyyy-MM-dd') : '';
}

function Day({ message, zone }: { message: SandboxMessage; zone: string }) {
  return (
    <div className="day">
      <span>{format(dateOfTs(message.ts), zone, 'EEEE, MMMM d')}</span>
    </div>
  );
}

/** Follows new messages, and contents that grow, as long as the reader is at the bottom. */
function useStickyBottom(newest: string | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const atBottom = useRef(true);
  useLayoutEffect(() => {
    const el = box.current;
    if (!el) return undefined;
    const follow = (): void => {
      if (atBottom.current) el.scrollTop = el.scrollHeight;
    };
    const onScroll = (): void => {
      atBottom.current = el.scrollHeight - el.scrollTop - el.clientHeight < 40;
    };
    el.addEventListener('scroll', onScroll);
    const observer = new ResizeObserver(follow);
    observer.observe(el);
    if (el.firstElementChild) observer.observe(el.firstElementChild);
    return () => {
      el.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const el = box.current;
    if (el && atBottom.current) el.scrollTop = el.scrollHeight;
  }, [newest]);
  return box;
}
