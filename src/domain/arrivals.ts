/** A text from a patient, as Twilio brings it. */
export interface InboundText {
  readonly sid: string;
  readonly phone: string;
  readonly text: string;
  /** Addresses of pictures at Twilio; empty ones where only their number is known. */
  readonly media: readonly string[];
  readonly at: Date;
  /** STOP, START or HELP when Twilio has understood and answered it itself. */
  readonly optOutType: string | null;
}

/** Twilio's word on an outbound message. */
export interface StatusUpdate {
  readonly sid: string;
  /** From the callback's address: which of our attempts it is about. */
  readonly attemptId: string | null;
  readonly status: string;
  readonly errorCode: number | null;
  readonly receivedAt: Date;
}
