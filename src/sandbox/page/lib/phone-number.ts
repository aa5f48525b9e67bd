/** `+16175550123` as people write it; other countries' numbers stay as they are. */
export function prettyNumber(number: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}

/** What somebody typed, as a number that could be texted from; undefined when it is none. */
export function dialable(typed: string): string | undefined {
  if (!/^[+\d\s().-]+$/.test(typed.trim())) return undefined;
  const digits = typed.replace(/\D/g, '');
  if (typed.trim().startsWith('+') && digits.length >= 8 && digits.length <= 15) return `+${digits}`;
  if (digits.length === 10) return `+1${digits}`;
  return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : undefined;
}
