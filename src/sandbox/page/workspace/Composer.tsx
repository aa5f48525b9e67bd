import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { PickedFile } from '../lib/files';
import { sizeInWords } from '../lib/files';
import { hintsFor } from './commands';
import { CommandHints } from './CommandHints';
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
  const [pointed, setPointed] = useState(-1);
  const { send, busy, notice, forget } = useSending(channel, threadTs);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const hints = threadTs ? [] : hintsFor(text);
  const ready = !busy && (text.trim() !== '' || files.length > 0);
  const prefix = threadTs ? 'thread-' : '';

  const submit = async (): Promise<void> => {
    if (!ready || !(await send({ text: text.trim(), files, broadcast }))) return;
    setText('');
    setBroadcast(false);
    sent();
    box.current?.focus();
  };
  const complete = (command: string): void => {
    setText(command);
    setPointed(-1);
    box.current?.focus();
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    const chosen = hints[pointed] ?? (e.key === 'Tab' ? hints[0] : undefined);
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && hints.length > 0) {
      e.preventDefault();
      setPointed((at) => (at + (e.key === 'ArrowDown' ? 1 : hints.length) + (at < 0 && e.key === 'ArrowUp' ? 1 : 0)) % hints.length);
    } else if ((e.key === 'Enter' || e.key === 'Tab') && chosen) {
      e.preventDefault();
      complete(chosen.text);
    } else if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing) {
      e.preventDefault();
      void submit();
    }
  };
  const onPaste = (e: ClipboardEvent): void => {
    if (e.clipboardData.files.length === 0) return;
    e.preventDefault();
    addFiles([...e.clipboardData.files]);
  };
  return (
    <div className="composer">
      {notice && (
        <p className="notice" role="alert" data-testid="command-error">
          {notice}
          <button type="button" className="link" onClick={forget}>
            Dismiss
          </button>
        </p>
      )}
      {hints.length > 0 && <CommandHints hints={hints} pointed={pointed} take={complete} />}
      <div className="composer-box">
        <textarea
          ref={box}
          rows={Math.min(6, text.split('\n').length)}
          aria-label={placeholder}
          placeholder={placeholder}
          data-testid={`${prefix}message-box`}
          value={text}
          onChange={(e) => (setText(e.target.value), setPointed(-1))}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {files.length > 0 && (
          <div className="composer-files">
            {files.map((file) => (
              <span key={file.name} className="chip" data-testid="attached-file">
                📎 {file.name} <span className="quiet">{sizeInWords(file.size)}</span>
                <button type="button" aria-label={`Remove ${file.name}`} onClick={() => dropFile(file)}>
                  ×
                </button>
              </span>
            ))}
          </div>
        )}
        <div className="composer-foot">
          <button type="button" className="icon-button" aria-label="Attach a file" title="Attach a file" onClick={() => picker.current?.click()}>
            📎
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="File to attach"
            data-testid={`${prefix}file-picker`}
            onChange={(e) => (addFiles([...(e.target.files ?? [])]), (e.target.value = ''))}
          />
          {threadTs && (
            <label className="also">
              <input type="checkbox" data-testid="also-send" checked={broadcast} onChange={(e) => setBroadcast(e.target.checked)} />
              Also send to the channel
            </label>
          )}
          <button type="button" className="btn btn-send" data-testid={`${prefix}send`} disabled={!ready} onClick={() => void submit()}>
            {busy ? 'Sending…' : 'Send'}
          </button>
        </div>
      </div>
    </div>
  );
}
