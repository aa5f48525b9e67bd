import type { IncomingMessage, ServerResponse } from 'node:http';
import twilio from 'twilio';
import type { InboundText, StatusUpdate } from '../domain/arrivals';
import { isOfThisMachine } from '../domain/hosts';
import { readBody } from '../read-body';
import type { Clock } from '../usecases/ports';

export interface WebhookDeps {
  readonly authToken: string;
  /** The address that Twilio signs: ours, as the world sees it. Never what a proxy made of it. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  /** Resolves when the message is on disk. */
  readonly storeInbound: (message: InboundText) => Promise<void>;
  readonly storeReport: (report: StatusUpdate) => Promise<void>;
  /** A signature was there, and does not fit. */
  readonly onRefused?: () => void;
  /** What came was Twilio's. */
  readonly onTaken?: (kind: 'reply' | 'report') => void;
}

type Params = Readonly<Record<string, string>>;

const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';
const BODY_LIMIT = 64 * 1024;

/** `POST /twilio/inbound` and `POST /twilio/status`: checked, stored, answered; the work follows from the stored row. */
export function twilioWebhooks(deps: WebhookDeps) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const body = await readBody(request, BODY_LIMIT);
    if (body === null) return answer(response, 413, 'too large');
    const params: Params = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    if (!isSigned(deps, request, params)) {
      if (request.headers['x-twilio-signature'] !== undefined) deps.onRefused?.();
      return answer(response, 403, 'bad signature');
    }
    deps.onTaken?.(path === '/twilio/inbound' ? 'reply' : 'report');
    if (path === '/twilio/inbound') {
      const message = inboundOf(params, deps.clock.now());
      if (!message) return answer(response, 400, 'not a message');
      await deps.storeInbound(message);
      return answer(response, 200, EMPTY_TWIML);
    }
    const report = reportOf(params, attemptOf(request), deps.clock.now());
    if (!report) return answer(response, 400, 'not a status');
    await deps.storeReport(report);
    return answer(response, 204, '');
  };
}

/** HMAC-SHA1 over the public address and the sorted parameters; twilio compares in constant time. */
function isSigned({ authToken, publicUrl }: WebhookDeps, request: IncomingMessage, params: Params): boolean {
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string' || publicUrl === undefined) return false;
  return addressesOf(publicUrl, request.headers.host).some((address) =>
    twilio.validateRequest(authToken, signature, address + (request.url ?? ''), params),
  );
}

/** In a trial on one machine the app is called `localhost` as well as 127.0.0.1. Nowhere else does the caller's word count. */
function addressesOf(publicUrl: string, host: string | undefined): string[] {
  const called = `http://${host ?? ''}`;
  return isLoopback(publicUrl) && isLoopback(called) ? [publicUrl, called] : [publicUrl];
}

const isLoopback = (address: string): boolean => URL.canParse(address) && isOfThisMachine(new URL(address));

function inboundOf(params: Params, at: Date): InboundText | null {
  const { SmsSid, MessageSid = SmsSid, From, Body, NumMedia, OptOutType } = params;
  if (!MessageSid || !From) return null;
  const media = Array.from(
    { length: Math.min(Number(NumMedia ?? 0) || 0, 10) },
    (_, i) => params[`MediaUrl${i}`] ?? '',
  );
  return { sid: MessageSid, phone: From, text: Body ?? '', media, at, optOutType: OptOutType || null };
}

function reportOf(params: Params, attemptId: string | null, receivedAt: Date): StatusUpdate | null {
  const { SmsSid, SmsStatus, MessageSid = SmsSid, MessageStatus = SmsStatus, ErrorCode } = params;
  if (!MessageSid || !MessageStatus) return null;
  const errorCode = ErrorCode ? Number(ErrorCode) : null;
  return { sid: MessageSid, attemptId, status: MessageStatus, errorCode, receivedAt };
}

const attemptOf = (request: IncomingMessage): string | null =>
  new URL(request.url ?? '/', 'http://localhost').searchParams.get('attempt');

function answer(response: ServerResponse, status: number, body: string): void {
  // Twilio texts a plain answer to an inbound webhook to the patient: only TwiML goes out with 200.
  const type = status === 200 ? 'text/xml' : 'text/plain';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}
