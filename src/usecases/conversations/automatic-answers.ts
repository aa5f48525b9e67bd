import { readOptOut } from '../../domain/opt-out';
import type { ClassifiedReply } from '../../domain/reply-classification';
import { renderTemplate } from '../../domain/template';
import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { optOutConfirmation, helpAnswer, optInConfirmation } from './wording';
import { queueText } from './queue-text';

/** The carriers' own keywords: Twilio answers these itself, and refuses a text of ours after STOP (21610). */
const CARRIER_STOP = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);

const isCarrierStop = (text: string): boolean => CARRIER_STOP.has(text.trim().toLowerCase());

interface Answered {
  readonly message: StoredMessage;
  readonly read: ClassifiedReply;
  readonly conversation: StoredConversation;
  /** What the sender wrote to be answered to this expected reply. */
  readonly autoAnswer: string | null;
  /** Before this text. */
  readonly wasOptedOut: boolean;
}

interface Context {
  readonly ports: Ports;
  readonly tx: Tx;
  readonly now: Date;
}

/** At most one automatic text follows from a patient's text: its key carries the text's SID. */
export async function answerByItself({ ports, tx, now }: Context, answered: Answered): Promise<void> {
  const answer = answerTo(ports, answered);
  if (!answer) return;
  const { message, conversation } = answered;
  await queueText(
    tx,
    {
      key: `answer:${message.sid}`,
      purpose: answer.purpose,
      phone: message.phone,
      text: answer.text,
      conversationId: conversation.id,
      sentBy: null,
      lastInboundAt: message.createdAt,
      causedAt: message.createdAt,
      at: now,
    },
    ports.clinic,
  );
}

function answerTo(
  { clinic }: Ports,
  { message, read, autoAnswer, wasOptedOut }: Answered,
): { text: string; purpose: 'AUTOMATIC' | 'OPT_OUT_CONFIRMATION' } | null {
  // An inbound message keeps Twilio's OptOutType in `reason`: Twilio has answered already.
  if (message.reason !== null) return null;
  if (read.class === 'opt_out') {
    // Everything that Twilio does not take for STOP, in plain words or in Spanish, gets our one confirmation.
    // One confirmation: who says it again has had it.
    if (wasOptedOut || isCarrierStop(message.text)) return null;
    return { text: optOutConfirmation(clinic, message.text), purpose: 'OPT_OUT_CONFIRMATION' };
  }
  if (read.class === 'opt_in')
    return readOptOut(message.text) === 'start' ? null : { text: optInConfirmation(clinic), purpose: 'AUTOMATIC' };
  if (read.class === 'help') return { text: helpAnswer(clinic), purpose: 'AUTOMATIC' };
  if (autoAnswer === null) return null;
  const rendered = renderTemplate(autoAnswer, { clinic_name: clinic.name });
  return rendered.ok ? { text: rendered.text, purpose: 'AUTOMATIC' } : null;
}
