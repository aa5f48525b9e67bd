/** A name as people mean it: two that differ in case or spacing only are the same. */
export const plainKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
