import { useState, type DragEvent } from 'react';
import { pick, type PickedFile } from '../lib/files';
import { useWorkspace } from '../state/workspace-context';

const MOST_MB = 50;

/** Files waiting to be sent, and the handlers that make a part of the page take dropped ones. */
export function useAttachedFiles() {
  const { complain } = useWorkspace();
  const [files, setFiles] = useState<readonly PickedFile[]>([]);
  const [dragging, setDragging] = useState(false);

  const add = async (picked: readonly File[]): Promise<void> => {
    try {
      const small = picked.filter((file) => file.size <= MOST_MB * 1024 * 1024);
      if (small.length < picked.length) complain(`Files of more than ${MOST_MB} MB do not fit in the sandbox.`);
      const read = await Promise.all(small.map(pick));
      setFiles((old) => [...old.filter((o) => !read.some((r) => r.name === o.name)), ...read]);
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    }
  };
  const dropZone = {
    onDragOver: (e: DragEvent): void => {
      if (!e.dataTransfer.types.includes('Files')) return;
      e.preventDefault();
      setDragging(true);
    },
    onDragLeave: (e: DragEvent): void => {
      if (!e.currentTarget.contains(e.relatedTarget as Node | null)) setDragging(false);
    },
    onDrop: (e: DragEvent): void => {
      e.preventDefault();
      setDragging(false);
      void add([...e.dataTransfer.files]);
    },
  };
  return {
    files,
    dragging,
    dropZone,
    addFiles: (picked: readonly File[]): void => void add(picked),
    dropFile: (file: PickedFile): void => setFiles((old) => old.filter((f) => f !== file)),
    clear: (): void => setFiles([]),
  };
}
