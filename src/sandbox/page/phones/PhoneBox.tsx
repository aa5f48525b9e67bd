import { useRef, useState } from 'react';
import { twilio } from '../api/twilio';
import { pick, type PickedFile } from '../lib/files';

const QUICK = ['YES', 'NO', 'STOP', 'What time?'];

/** Where the patient writes. */
export function PhoneBox({ number, refresh }: { number: string; refresh: () => void }) {
  const [text, setText] = useState('');
  const [picture, setPicture] = useState<PickedFile>();
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState('');
  const picker = useRef<HTMLInputElement>(null);

  const send = async (body: string): Promise<void> => {
    if (busy || (body.trim() === '' && !picture)) return;
    setBusy(true);
    setNotice('');
    try {
      const media = picture && [{ contentType: picture.mimetype, base64: picture.base64 }];
      const answer = await twilio.text({ from: number, body, ...(media && { media }) });
      const reached = answer.webhookStatus >= 200 && answer.webhookStatus < 300;
      if (!reached) setNotice('Sent, but the app did not take it just now. Twilio keeps it; the app fetches it later.');
      setText('');
      setPicture(undefined);
    } catch (error) {
      setNotice(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
      refresh();
    }
  };
  return (
    <form className="phone-box" onSubmit={(e) => (e.preventDefault(), void send(text))}>
      <div className="quick">
        {QUICK.map((words) => (
          <button
            key={words}
            type="button"
            data-testid={`quick-${words}`}
            disabled={busy}
            onClick={() => void send(words)}
          >
            {words}
          </button>
        ))}
      </div>
      {notice && (
        <p className="phone-notice" role="status" data-testid="phone-notice">
          {notice}
        </p>
      )}
      {picture && (
        <span className="chip">
          🖼 {picture.name}
          <button type="button" aria-label="Remove picture" onClick={() => setPicture(undefined)}>
            ×
          </button>
        </span>
      )}
      <div className="phone-line-in">
        <button
          type="button"
          className="icon-button"
          aria-label="Attach a picture"
          onClick={() => picker.current?.click()}
        >
          📷
        </button>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          hidden
          aria-label="Picture"
          data-testid="phone-picture"
          onChange={(e) => {
            const file = e.target.files?.[0];
            if (file) void pick(file).then(setPicture, (error: unknown) => setNotice(String(error)));
            e.target.value = '';
          }}
        />
        <input
          className="field"
          aria-label="Text message"
          data-testid="phone-box"
          placeholder="Text message"
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
        <button
          type="submit"
          className="phone-send"
          aria-label="Send text"
          data-testid="phone-send"
          disabled={busy || (text.trim() === '' && !picture)}
        >
          ↑
        </button>
      </div>
    </form>
  );
}
