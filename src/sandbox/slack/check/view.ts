import type { Json } from '../model';
export const checkView = (_view: Json): void => {};
