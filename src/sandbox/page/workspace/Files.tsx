import type { SandboxFile } from '../../contract';
import { sizeInWords } from '../lib/files';

/** A message's files: pictures are shown, everything else has its name and a link to download. */
export function Files({ files }: { files: readonly SandboxFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map((file) => {
        // The control address is the sandbox's own and needs no token.
        const address = file.controlUrl.replace(/^\//, '');
        return (
          <li key={file.id}>
            <a className="file" href={address} download={file.name} data-testid="file">
              {file.mimetype.startsWith('image/') ? (
                <img src={address} alt={file.name} />
              ) : (
                <span className="file-icon" aria-hidden="true">
                  📄
                </span>
              )}
              <span>
                <span className="file-name">{file.name}</span>
                <span className="file-note">{sizeInWords(file.size)} · download</span>
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
