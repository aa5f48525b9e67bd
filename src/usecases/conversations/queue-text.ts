import { answerableUntil } from '../../domain/outside-window';
import { countSegments } from '../../domain/segments';
import type { NewOutbound, StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Clinic } from '../ports';
import { zoneSetOfPhone } from './zones-of-phone';

export interface TextRequest extends Pick<
  NewOutbound,
  'key' | 'purpose' | 'phone' | 'text' | 'conversationId' | 'sentBy' | 'causedAt'
> {
  readonly slackChannel?: string;
  readonly slackTs?: string;
  /** A JSON list of pictures. */
  readonly media?: string;
  readonly lastInboundAt: Date | null;
  readonly at: Date;
}

/** Queues a text to one number. Null when it was queued before: `key` says what it follows from. */
export async function queueText(tx: Tx, request: TextRequest, clinic: Clinic): Promise<StoredMessage | null> {
  const { lastInboundAt, at, ...message } = request;
  const stored = await tx.messages.addOutbound({
    ...message,
    segments: Math.max(1, countSegments(message.text).segments),
    zones: await zoneSetOfPhone(tx, message.phone, clinic),
    createdAt: at,
    answerableUntil: answerableUntil({ lastInboundAt, sendNowAt: null }),
  });
  // What a person writes is recorded with what they did; what we say by ourselves is recorded here.
  if (stored && message.sentBy === null)
    await tx.audit.append({ at, actor: 'app', action: 'conversation.auto_text', subject: `message:${stored.id}` });
  return stored;
}
