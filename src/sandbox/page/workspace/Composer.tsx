import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { PickedFile } from '../lib/files';
import { AttachedFiles } from './AttachedFiles';
import { CommandHints } from './CommandHints';
import { FilePicker } from './FilePicker';
import { useHints } from './use-hints';
import { useSending } from './use-sending';

interface Props {
  readonly channel: string;
  readonly placeholder: string;
  readonly threadTs?: string;
  readonly files: readonly PickedFile[];
  readonly addFiles: (files: readonly File[]) => void;
  readonly dropFile: (file: PickedFile) => void;
  readonly sent: () => void;
}

/** The message box of a channel or, with `threadTs`, of a thread. */
export function Composer({ channel, placeholder, threadTs, files, addFiles, dropFile, sent }: Props) {
  const [text, setText] = useState('');
  const [broadcast, setBroadcast] = useState(false);
  const { send, busy, notice, forget } = useSending(channel, threadTs);
  const box = useRef<HTMLTextAreaElement>(null);
  const complete = (command: string): void => {
    setText(command);
    box.current?.focus();
  };
  const { hints, pointed, reset, onKey } = useHints(text, threadTs === undefined, complete);
  const ready = !busy && (text.trim() !== '' || files.length > 0);
  const prefix = threadTs ? 'thread-' : '';

  const submit = async (): Promise<void> => {
    if (!ready || !(await send({ text: text.trim(), files, broadcast }))) return;
    setText('');
    setBroadcast(false);
    sent();
    box.current?.focus();
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    // While an accent or a character is being composed, Enter ends that and sends nothing.
    if (onKey(e) || e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return;
    e.preventDefault();
    void submit();
  };
  const onPaste = (e: ClipboardEvent): void => {
    if (e.clipboardData.files.length === 0) return;
    e.preventDefault();
    addFiles([...e.clipboardData.files]);
  };
  return (
    <div className="composer">
      {notice && <Notice text={notice} forget={forget} />}
      {hints.length > 0 && <CommandHints hints={hints} pointed={pointed} take={complete} />}
      <div className="composer-box">
        <textarea
          ref={box}
          rows={Math.min(6, text.split('\n').length)}
          aria-label={placeholder}
          placeholder={placeholder}
          data-testid={`${prefix}message-box`}
          value={text}
          onChange={(e) => (setText(e.target.value), reset())}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <AttachedFiles files={files} dropFile={dropFile} />
        <div className="composer-foot">
          <FilePicker testId={`${prefix}file-picker`} add={addFiles} />
          {threadTs && <AlsoSend checked={broadcast} change={setBroadcast} />}
          <button
            type="button"
            className="btn btn-send"
            data-testid={`${prefix}send`}
            disabled={!ready}
            onClick={() => void submit()}
          >
            {busy ? 'Sending…' : 'Send'}
          </button>
        </div>
      </div>
    </div>
  );
}

function Notice({ text, forget }: { text: string; forget: () => void }) {
  return (
    <p className="notice" role="alert" data-testid="command-error">
      {text}
      <button type="button" className="link" onClick={forget}>
        Dismiss
      </button>
    </p>
  );
}

function AlsoSend({ checked, change }: { checked: boolean; change: (checked: boolean) => void }) {
  return (
    <label className="also">
      <input type="checkbox" data-testid="also-send" checked={checked} onChange={(e) => change(e.target.checked)} />
      Also send to the channel
    </label>
  );
}
