const YES = /^(?:y|yes|true|t|1|x|✓|✔|si|sí|s|ok|granted|given|signed|on file|active|agreed|accepted)$/i;
const NO = /^(?:n|no|false|f|0|none|not given|declined|refused|revoked|withdrawn|denied|inactive)$/i;
const OUT = /^(?:stop|stopped|out|opt(?:ed)?[ -]?out|unsubscribed|do not (?:text|contact))$/i;
const IN = /^(?:in|opt(?:ed)?[ -]?in|subscribed|ok(?:ay)? to text)$/i;
/** The day on which it was given: 2026-01-05, 1/5/26. */
const DATE = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?:[ T].*)?$/;

export type OptOutCell = boolean | 'UNCLEAR';

/** Whether a cell of an opt-out column says that the patient is out. */
export const readOptOut = (text: string): OptOutCell => {
  if (YES.test(text) || OUT.test(text) || DATE.test(text)) return true;
  return NO.test(text) || IN.test(text) ? false : 'UNCLEAR';
};

/** Whether a cell of a consent column says that the patient is out, which is the other way round. */
export const readConsent = (text: string): OptOutCell => {
  if (NO.test(text) || OUT.test(text)) return true;
  return YES.test(text) || IN.test(text) || DATE.test(text) ? false : 'UNCLEAR';
};
