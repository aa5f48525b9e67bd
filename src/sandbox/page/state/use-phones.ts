import { useCallback, useState } from 'react';
import type { SandboxPhone } from '../../contract';
import { twilio } from '../api/twilio';
import { useLive } from '../api/use-live';

export const MOST_PHONES = 200;
/** A search looks through all phones; the sandbox may do it itself (`q`), and the page does it again in any case. */
const ALL_PHONES = 100_000;

/** The phones with the latest texts, or those that match what is searched for. */
export function usePhones(search: string): { phones: readonly SandboxPhone[]; refresh: () => void } {
  const [phones, setPhones] = useState<readonly SandboxPhone[]>([]);
  const refetch = useCallback(async () => {
    const answer = await twilio.phones(search, search.trim() === '' ? MOST_PHONES : ALL_PHONES);
    const all = 'phones' in answer ? answer.phones : answer;
    setPhones(all.filter((p) => matches(p, search)).slice(0, MOST_PHONES));
  }, [search]);
  const refresh = useLive(twilio.streamUrl, refetch);
  return { phones, refresh };
}

function matches(phone: SandboxPhone, search: string): boolean {
  const digits = search.replace(/\D/g, '');
  if (search.trim() === '' || (digits !== '' && phone.number.includes(digits))) return true;
  return phone.texts.some((t) => t.body.toLowerCase().includes(search.trim().toLowerCase()));
}
