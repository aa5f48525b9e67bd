/** The patients' phones: what kind each is, whom it opted out of, and what it shows. */
import type { PhoneKind } from '../../contract';
import type { MessageRecord } from './record';

export interface Phone {
  readonly number: string;
  kind: PhoneKind;
  /** Senders that this phone said STOP to; most phones never do, and there may be a quarter of a million of them. */
  optedOutOf: Set<string> | null;
  readonly texts: { readonly record: MessageRecord; readonly at: number }[];
}

export class Phones {
  /** Kept in the order of the last text: a phone moves to the end whenever something happens to it. */
  private readonly phones = new Map<string, Phone>();

  find(number: string): Phone | undefined {
    return this.phones.get(number);
  }

  name(number: string): Phone {
    const known = this.phones.get(number);
    if (known !== undefined) return known;
    const phone: Phone = { number, kind: 'mobile', optedOutOf: null, texts: [] };
    this.phones.set(number, phone);
    return phone;
  }

  /** Adds a text to what the phone shows, whichever way it went. */
  show(number: string, record: MessageRecord, at: number): void {
    const phone = this.name(number);
    phone.texts.push({ record, at });
    this.phones.delete(number);
    this.phones.set(number, phone);
  }

  isOptedOut(number: string, sender: string): boolean {
    return this.phones.get(number)?.optedOutOf?.has(sender) ?? false;
  }

  optOut(phone: Phone, sender: string): void {
    phone.optedOutOf ??= new Set();
    phone.optedOutOf.add(sender);
  }

  optIn(phone: Phone, sender: string): void {
    phone.optedOutOf?.delete(sender);
  }

  /** The phone that texted or was texted last comes first. */
  latest(limit: number, search = ''): Phone[] {
    const ordered = [...this.phones.values()].reverse();
    return (search === '' ? ordered : ordered.filter((phone) => holds(phone, search))).slice(0, limit);
  }
}

/** `(512) 555` is looked for as 512555 in numbers, and as it stands in texts, in letters of either case. */
const holds = ({ number, texts }: Phone, search: string): boolean => {
  const digits = search.replace(/[\s()+.-]/g, '');
  const words = search.toLowerCase();
  if (/^\d+$/.test(digits) && number.includes(digits)) return true;
  return texts.some(({ record }) => record.phoneBody.toLowerCase().includes(words));
};
