import type { SandboxPhone } from '../../contract';
import { prettyNumber } from '../lib/phone-number';
import { format } from '../lib/time';
import type { ReadMarks } from '../state/use-read-marks';
import { colourOf } from '../workspace/Avatar';

interface Props {
  readonly phones: readonly SandboxPhone[];
  readonly marks: ReadMarks;
  readonly zone: string;
  readonly open: (number: string) => void;
  readonly searching: boolean;
}

export function PhoneList({ phones, marks, zone, open, searching }: Props) {
  if (phones.length === 0) {
    return (
      <p className="phones-empty">
        {searching
          ? 'No phone matches that.'
          : 'No phone has been texted yet. They appear here as soon as an outreach is sent.'}
      </p>
    );
  }
  return (
    <ul className="phone-list" data-testid="phone-list">
      {phones.map((phone) => (
        <li key={phone.number}>
          <PhoneLine
            phone={phone}
            read={Number(marks[phone.number] ?? 0)}
            zone={zone}
            open={() => open(phone.number)}
          />
        </li>
      ))}
    </ul>
  );
}

function PhoneLine({ phone, read, zone, open }: { phone: SandboxPhone; read: number; zone: string; open: () => void }) {
  const last = phone.texts.at(-1);
  const received = phone.texts.filter((t) => t.direction === 'in').length;
  // More read than received: the sandbox has been started anew since.
  const unread = received < read ? received : received - read;
  return (
    <button type="button" className="phone-line" data-testid={`phone-${phone.number}`} onClick={open}>
      <span className="phone-dot" style={{ background: colourOf(phone.number) }} aria-hidden="true">
        📱
      </span>
      <span className="phone-words">
        <span className="phone-number">
          {prettyNumber(phone.number)}
          {phone.optedOut && <span className="tag tag-stop">STOP</span>}
          {phone.kind !== 'mobile' && <span className="tag">{phone.kind}</span>}
        </span>
        <span className="phone-last">
          {last ? (last.direction === 'out' ? 'You: ' : '') + (last.body || '📷 picture') : 'No texts yet'}
        </span>
      </span>
      <span className="phone-side">
        {last && <span className="quiet">{format(new Date(last.at), zone, 'h:mm a')}</span>}
        {unread > 0 && (
          <span className="badge badge-phone" aria-label={`${unread} unread`}>
            {unread}
          </span>
        )}
      </span>
    </button>
  );
}
