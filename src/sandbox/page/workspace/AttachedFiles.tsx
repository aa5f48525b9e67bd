import type { PickedFile } from '../lib/files';
import { sizeInWords } from '../lib/files';

interface Props {
  readonly files: readonly PickedFile[];
  readonly dropFile: (file: PickedFile) => void;
}

/** What will go out with the message. */
export function AttachedFiles({ files, dropFile }: Props) {
  if (files.length === 0) return null;
  return (
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
  );
}
