import { useEffect, useState } from 'react';

/** State that outlives a reload of this browser tab; two windows can still be two people. */
export function useStored(name: string, first: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => sessionStorage.getItem(name) ?? first);
  useEffect(() => sessionStorage.setItem(name, value), [name, value]);
  return [value, setValue];
}
