/** Twilio's refusals: an HTTP status, and a body with a code that the app acts upon. */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'TwilioError';
  }

  body(): object {
    const more_info = `https://www.twilio.com/docs/errors/${this.code}`;
    return { code: this.code, message: this.message, more_info, status: this.status };
  }
}

export const notFound = (path: string): TwilioError =>
  new TwilioError(404, 20404, `The requested resource ${path} was not found`);

export const badRequest = (code: number, message: string): TwilioError => new TwilioError(400, code, message);

/** What `error_message` of a message says. */
export const DELIVERY_ERRORS: Readonly<Record<number, string>> = {
  21610: 'Attempt to send to unsubscribed recipient',
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30036: 'Validity Period Expired',
};

/** Refusals that depend on a number; the magic numbers of Twilio's test credentials give the same ones. */
export const refuseTo = (code: number, to: string, from: string): TwilioError => {
  const messages: Readonly<Record<number, string>> = {
    21211: `The 'To' number ${to} is not a valid phone number.`,
    21408: `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}.`,
    21610: 'Attempt to send to unsubscribed recipient',
    21612: `The 'To' phone number: ${to}, is not currently reachable using the 'From' phone number: ${from} via SMS.`,
    21614: `To number: ${to}, is not a mobile number`,
  };
  return badRequest(code, messages[code] ?? 'The message was refused.');
};

export const refuseFrom = (code: number, from: string): TwilioError => {
  const messages: Readonly<Record<number, string>> = {
    21212: `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    21606: `The 'From' phone number ${from} is not a valid, SMS-capable inbound phone number or short code for your account.`,
    21611: `This 'From' number ${from} has exceeded the maximum number of queued messages.`,
  };
  return badRequest(code, messages[code] ?? 'The message was refused.');
};
