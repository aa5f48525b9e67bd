import { useRef } from 'react';

interface Props {
  readonly testId: string;
  readonly add: (files: readonly File[]) => void;
}

export function FilePicker({ testId, add }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label="Attach a file"
        title="Attach a file"
        onClick={() => picker.current?.click()}
      >
        📎
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="File to attach"
        data-testid={testId}
        onChange={(e) => {
          add([...(e.target.files ?? [])]);
          // Otherwise the same file could not be picked a second time.
          e.target.value = '';
        }}
      />
    </>
  );
}
