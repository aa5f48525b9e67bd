import { useCallback, useState } from 'react';
import type { SandboxPhone } from '../../contract';
import { twilio } from '../api/twilio';
import { useLive } from '../api/use-live';

export const MOST_PHONES = 200;
/** The phones with the latest texts, or those that match what is searched for. */
export function usePhones(search: string): { phones: readonly SandboxPhone[]; refresh: () => void } {
  const [phones, setPhones] = useState<readonly SandboxPhone[]>([]);
  const refetch = useCallback(async () => {
    setPhones(await twilio.phones(search, MOST_PHONES));
  }, [search]);
  const refresh = useLive(twilio.streamUrl, refetch);
  return { phones, refresh };
}
