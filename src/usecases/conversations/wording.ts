import type { Clinic } from '../ports';

/** What patients get from the app by itself. Short enough for one segment with a usual clinic name. */

const SPANISH = /\b(alto|parar?|basta|m[aá]s|no me|deje|dejen|env[ií]\w*|mand\w*|mensajes)\b/i;

/** The one confirmation that is allowed after an opt-out, in the language of the request. */
export const optOutConfirmation = ({ name }: Clinic, request: string): string =>
  SPANISH.test(request)
    ? `${name}: no recibirá más mensajes. Responda START para volver a recibirlos.`
    : `${name}: you will get no more texts from us. Reply START to get them again.`;

/** In the clinic's own time; who answers at night must read when somebody is there, and whom to call until then. */
export const afterHoursAnswer = (
  { name, timeZone }: Clinic,
  { opens, isSpanish }: { opens: Date | null; isSpanish: boolean },
): string => {
  const locale = isSpanish ? 'es-US' : 'en-US';
  const format = { timeZone, weekday: 'long', hour: 'numeric', minute: '2-digit' } as const;
  const at = opens?.toLocaleString(locale, format).replace(/[\u00a0\u202f]/g, ' ');
  if (isSpanish)
    return `${name}: estamos cerrados. Leeremos su mensaje${at === undefined ? ' al abrir' : ` al abrir, ${at}`}. En una emergencia llame al 911.`;
  return `${name}: we are closed now and read your message when we open${at === undefined ? '' : `, ${at}`}. In an emergency call 911.`;
};

export const optInConfirmation = ({ name }: Clinic): string =>
  `${name}: you will get our texts again. Reply STOP to end them.`;

export const helpAnswer = ({ name, phone }: Clinic): string =>
  `${name}.${phone === undefined ? '' : ` Call us: ${phone}.`} Reply STOP to get no more texts. In an emergency call 911.`;
