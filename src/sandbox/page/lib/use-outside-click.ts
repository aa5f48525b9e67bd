import { useEffect, useRef, type RefObject } from 'react';

/** Calls `then` when somebody presses anywhere but in this box. */
export function useOutsideClick(box: RefObject<HTMLElement | null>, active: boolean, then: () => void): void {
  const latest = useRef(then);
  useEffect(() => {
    latest.current = then;
  });
  useEffect(() => {
    if (!active) return undefined;
    const onPress = (e: MouseEvent): void => {
      if (!box.current?.contains(e.target as Node)) latest.current();
    };
    document.addEventListener('mousedown', onPress);
    return () => document.removeEventListener('mousedown', onPress);
  }, [box, active]);
}
