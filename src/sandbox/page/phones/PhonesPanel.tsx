import { useEffect, useState } from 'react';
import type { SandboxPhone } from '../../contract';
import { twilio } from '../api/twilio';
import { usePhones, MOST_PHONES } from '../state/use-phones';
import { useReadMarks } from '../state/use-read-marks';
import { dialable, prettyNumber } from '../lib/phone-number';
import { PhoneList } from './PhoneList';
import { PhoneScreen } from './PhoneScreen';

interface Props {
  readonly zone: string;
  readonly complain: (problem: string) => void;
}

/** The other side of every text: patients' phones. */
export function PhonesPanel({ zone, complain }: Props) {
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string>();
  const asked = useSettled(search);
  const { phones, refresh } = usePhones(asked);
  const [marks, mark] = useReadMarks('phones');
  const [last, setLast] = useState<SandboxPhone>();
  const shown = phones.find((p) => p.number === open) ?? (last?.number === open ? last : undefined);
  // An open phone stays open when newer texts of others, or a search, push it out of the list.
  useEffect(() => setLast(shown), [shown]);
  const received = shown?.texts.filter((t) => t.direction === 'in').length ?? 0;
  useEffect(() => {
    if (open) mark(open, String(received));
  }, [open, received, mark]);

  const pickUp = async (number: string): Promise<void> => {
    try {
      await twilio.setPhone({ number });
      refresh();
      setOpen(number);
    } catch (error) {
      complain(String(error));
    }
  };
  const typed = dialable(search);
  const unknown = typed && !phones.some((p) => p.number === typed) ? typed : undefined;
  return (
    <section className="phones" aria-label="Patients' phones">
      {shown ? (
        <PhoneScreen phone={shown} zone={zone} refresh={refresh} complain={complain} close={() => setOpen(undefined)} />
      ) : (
        <>
          <header className="phones-head">
            <h2>Patients’ phones</h2>
            <input
              className="field"
              type="search"
              aria-label="Search phones"
              data-testid="phone-search"
              placeholder="Search, or type a new number"
              value={search}
              onChange={(e) => setSearch(e.target.value)}
            />
            {unknown && (
              <button
                type="button"
                className="btn btn-small"
                data-testid="phone-new"
                onClick={() => void pickUp(unknown)}
              >
                Pick up {prettyNumber(unknown)}
              </button>
            )}
          </header>
          <PhoneList phones={phones} marks={marks} zone={zone} open={setOpen} searching={asked !== ''} />
          {phones.length >= MOST_PHONES && (
            <p className="phones-more">The {MOST_PHONES} with the latest texts. Search to find any other.</p>
          )}
        </>
      )}
    </section>
  );
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
