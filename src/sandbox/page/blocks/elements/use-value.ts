import { valueOf } from '../element-state';
import { useSurface } from '../surface';
import type { ElementProps } from './props';

/** An element's value, and the setter that tells the app if it should be told. */
export function useValue<T>({ blockId, element, sends }: ElementProps): [T | null, (value: T | null) => void] {
  const { values, set, act } = useSurface();
  const value = valueOf(element, values[blockId]?.[element.action_id ?? '']) as T | null;
  const change = (next: T | null): void => {
    if (sends) void act(blockId, element, { value: next });
    else set(blockId, element, next);
  };
  return [value, change];
}
