import { useEffect, useLayoutEffect, useRef } from 'react';
import type { PhoneKind, PhoneText, SandboxPhone } from '../../contract';
import { twilio } from '../api/twilio';
import { prettyNumber } from '../lib/phone-number';
import { format } from '../lib/time';
import { PhoneBox } from './PhoneBox';

const KINDS: Readonly<Record<PhoneKind, string>> = {
  mobile: 'Mobile phone',
  landline: 'Landline (cannot get texts)',
  unreachable: 'Switched off',
  invalid: 'Invalid number',
  blocked: 'Blocks the clinic',
};

interface Props {
  readonly phone: SandboxPhone;
  readonly zone: string;
  readonly refresh: () => void;
  readonly complain: (problem: string) => void;
  readonly close: () => void;
}

export function PhoneScreen({ phone, zone, refresh, complain, close }: Props) {
  const end = useRef<HTMLDivElement>(null);
  const count = phone.texts.length;
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      if (e.key === 'Escape' && (e.target as HTMLElement).closest('.phone-frame')) close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [close]);
  const become = (kind: PhoneKind): void =>
    void twilio.setPhone({ number: phone.number, kind }).then(refresh, (error: unknown) => complain(String(error)));
  return (
    <div className="phone-frame" data-testid="phone-screen" data-number={phone.number}>
      <header className="phone-top">
        <button type="button" className="link" data-testid="phone-back" onClick={close}>
          ‹ All phones
        </button>
        <strong>{prettyNumber(phone.number)}</strong>
        <select
          aria-label="Kind of phone"
          data-testid="phone-kind"
          value={phone.kind}
          onChange={(e) => become(e.target.value as PhoneKind)}
        >
          {Object.entries(KINDS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </header>
      {phone.optedOut && (
        <p className="phone-stopped">This phone texted STOP: nothing more reaches it until it texts START.</p>
      )}
      <div className="phone-texts" role="log" aria-label="Texts" data-testid="phone-texts">
        {count === 0 && <p className="phones-empty">No texts yet. What you write below goes to the clinic.</p>}
        {phone.texts.map((text, index) => (
          <Bubble key={text.sid} text={text} before={phone.texts[index - 1]} zone={zone} />
        ))}
        <div ref={end} />
      </div>
      <PhoneBox number={phone.number} refresh={refresh} />
    </div>
  );
}

const PAUSE_MS = 15 * 60_000;

function Bubble({ text, before, zone }: { text: PhoneText; before: PhoneText | undefined; zone: string }) {
  const at = new Date(text.at);
  const pause = !before || at.getTime() - Date.parse(before.at) > PAUSE_MS;
  return (
    <>
      {pause && <p className="phone-time">{format(at, zone, 'EEE, MMM d, h:mm a')}</p>}
      <div
        className={`bubble bubble-${text.direction}`}
        data-testid={`text-${text.direction}`}
        title={format(at, zone, 'h:mm:ss a')}
      >
        {text.mediaUrls.map((url) => (
          <img key={url} src={url} alt="Attached picture" />
        ))}
        {text.body}
      </div>
    </>
  );
}
