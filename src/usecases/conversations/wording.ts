import type { Clinic } from '../ports';

/** What patients get from the app by itself. Short enough for one segment with a usual clinic name. */

const SPANISH = /\b(alto|parar?|basta|m[aá]s|no me|deje|dejen|env[ií]\w*|mand\w*|mensajes)\b/i;

/** The one confirmation that is allowed after an opt-out, in the language of the request. */
export const optOutConfirmation = ({ name }: Clinic, request: string): string =>
  SPANISH.test(request)
    ? `${name}: no recibirá más mensajes. Responda START para volver a recibirlos.`
    : `${name}: you will get no more texts from us. Reply START to get them again.`;

export const optInConfirmation = ({ name }: Clinic): string =>
  `${name}: you will get our texts again. Reply STOP to end them.`;

export const helpAnswer = ({ name, phone }: Clinic): string =>
  `${name}.${phone === undefined ? '' : ` Call us: ${phone}.`} Reply STOP to get no more texts. In an emergency call 911.`;
