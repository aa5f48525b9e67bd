import { useEffect, useRef, useState } from 'react';
import type { SandboxMessage } from '../../contract';
import { emoji } from '../lib/emoji';
import { useOutsideClick } from '../lib/use-outside-click';
import { useWorkspace } from '../state/workspace-context';
import { EmojiField } from './EmojiField';
import { useReact } from './Reactions';

const QUICK = ['white_check_mark', 'x', '+1'];

interface Props {
  readonly message: SandboxMessage;
  readonly openThread: (() => void) | undefined;
  readonly edit: () => void;
  readonly remove: () => void;
}

/** What appears when the pointer or the keyboard is on a message. */
export function MessageTools({ message, openThread, edit, remove }: Props) {
  const { user } = useWorkspace();
  const react = useReact(message);
  const [open, setOpen] = useState<'emoji' | 'menu'>();
  const box = useRef<HTMLDivElement>(null);
  const shut = (): void => setOpen(undefined);
  // Below the last message there is no room for a menu until the list is scrolled.
  useEffect(() => {
    if (open) box.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  useOutsideClick(box, open !== undefined, shut);
  const mine = message.user === user.id;
  return (
    <div
      className={`tools ${open ? 'open' : ''}`}
      ref={box}
      role="toolbar"
      aria-label="Message actions"
      onKeyDown={(e) => e.key === 'Escape' && shut()}
    >
      {QUICK.map((name) => (
        <button
          key={name}
          type="button"
          aria-label={`React with ${name}`}
          data-testid={`react-${name}`}
          onClick={() => void react(name)}
        >
          {emoji(name)}
        </button>
      ))}
      <button type="button" aria-label="Another reaction" data-testid="react-more" onClick={() => setOpen('emoji')}>
        🙂<sup>+</sup>
      </button>
      {openThread && (
        <button
          type="button"
          aria-label="Reply in thread"
          title="Reply in thread"
          data-testid="reply-in-thread"
          onClick={openThread}
        >
          💬
        </button>
      )}
      {mine && (
        <button
          type="button"
          aria-label="More"
          aria-haspopup="menu"
          data-testid="message-menu"
          onClick={() => setOpen('menu')}
        >
          ⋮
        </button>
      )}
      {open === 'emoji' && <EmojiField take={(name) => (shut(), void react(name))} />}
      {open === 'menu' && (
        <div className="menu" role="menu">
          <button type="button" role="menuitem" data-testid="edit-message" onClick={() => (shut(), edit())}>
            Edit message
          </button>
          <button
            type="button"
            role="menuitem"
            className="danger"
            data-testid="delete-message"
            onClick={() => (shut(), remove())}
          >
            Delete message
          </button>
        </div>
      )}
    </div>
  );
}
