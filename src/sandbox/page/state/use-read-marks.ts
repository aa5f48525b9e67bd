import { useCallback, useEffect, useState } from 'react';

export type ReadMarks = Readonly<Record<string, string>>;

/**
 * How far somebody has read: a place (a person's channel, a thread, a phone) → the newest thing seen there. It lasts as
 * long as the browser tab does.
 */
export function useReadMarks(name: string): [ReadMarks, (place: string, mark: string) => void] {
  const [marks, setMarks] = useState<ReadMarks>(() => stored(name));
  useEffect(() => sessionStorage.setItem(name, JSON.stringify(marks)), [name, marks]);
  const mark = useCallback((place: string, upTo: string) => {
    setMarks((old) => (old[place] === upTo ? old : { ...old, [place]: upTo }));
  }, []);
  return [marks, mark];
}

function stored(name: string): ReadMarks {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as ReadMarks;
  } catch {
    return {};
  }
}
