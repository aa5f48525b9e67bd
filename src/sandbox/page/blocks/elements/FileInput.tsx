import { useState } from 'react';
import type { SandboxFile } from '../../../contract';
import { slack } from '../../api/slack';
import { pick } from '../../lib/files';
import { useWorkspace } from '../../state/workspace-context';
import { naming, type ElementProps } from './props';
import { useValue } from './use-value';

/** Slack uploads at once; the modal's state then holds the files themselves. */
export function FileInput(props: ElementProps) {
  const { user, complain } = useWorkspace();
  const [files, change] = useValue<readonly SandboxFile[]>(props);
  const [busy, setBusy] = useState(false);
  const most = props.element.max_files ?? 10;
  const held = files ?? [];

  const add = async (picked: readonly File[]): Promise<void> => {
    setBusy(true);
    try {
      const added: SandboxFile[] = [];
      for (const file of picked.slice(0, most - held.length)) {
        const { name, mimetype, base64 } = await pick(file);
        added.push(await slack.upload({ user: user.id, name, mimetype, base64 }));
      }
      change([...held, ...added]);
    } catch (error) {
      complain(`The file could not be uploaded: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div
      className="file-input"
      onDragOver={(e) => e.preventDefault()}
      onDrop={(e) => (e.preventDefault(), void add([...e.dataTransfer.files]))}
    >
      {held.map((file) => (
        <span key={file.id} className="chip" data-testid="uploaded-file">
          📎 {file.name}
          <button
            type="button"
            aria-label={`Remove ${file.name}`}
            onClick={() => change(held.filter((f) => f.id !== file.id))}
          >
            ×
          </button>
        </span>
      ))}
      {held.length < most && (
        <input
          {...naming(props)}
          type="file"
          multiple={most > 1}
          disabled={busy}
          accept={(props.element.filetypes ?? []).map((t) => `.${t}`).join(',')}
          onChange={(e) => (void add([...(e.target.files ?? [])]), (e.target.value = ''))}
        />
      )}
      {busy && <span className="quiet">Uploading…</span>}
    </div>
  );
}
