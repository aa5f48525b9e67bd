import type { ModalView } from '@slack/types';
import { LONGEST_REASON, readReason, SHORTEST_REASON } from '../../../domain/outside-window';
import { VIEWS } from '../action-ids';
import { paragraphs, plain, section } from '../elements';
import { name, plural } from '../words';
import { input } from './inputs';
import { typedIn, type ViewValues } from './view-values';

const BLOCK = 'reason';

interface ReasonFormOptions {
  readonly view: (typeof VIEWS)['sendNow' | 'undoOptOut' | 'erase'];
  readonly title: string;
  readonly submit: string;
  readonly says: string;
  /** What it is about, for the way back: an id. */
  readonly ref: string;
}

/** A question that is answered with a reason, which goes on the record. */
const reasonForm = ({ view, title, submit, says, ref }: ReasonFormOptions): ModalView => ({
  type: 'modal',
  callback_id: view,
  private_metadata: ref,
  title: plain(title, 24),
  submit: plain(submit, 24),
  close: plain('Cancel', 24),
  blocks: [
    section(says),
    input({
      block: BLOCK,
      label: 'Why?',
      hint: 'A few words. They go on the record, with your name.',
      element: { type: 'plain_text_input', multiline: true, min_length: SHORTEST_REASON, max_length: LONGEST_REASON },
    }),
  ],
});

export const sendNowForm = (messageId: number): ModalView =>
  reasonForm({
    view: VIEWS.sendNow,
    title: 'Send now?',
    submit: 'Send now',
    says: 'It is outside texting hours where this patient lives. Your text goes out at once, and may wake them.',
    ref: String(messageId),
  });

/** @param conversationOrPatient where it was asked: `conversation:12`, `patient:7` */
export const undoOptOutForm = (conversationOrPatient: string): ModalView =>
  reasonForm({
    view: VIEWS.undoOptOut,
    title: 'Undo the opt-out?',
    submit: 'Undo opt-out',
    says: 'Only when the patient asked for it, or never opted out. If they texted STOP, the carriers refuse our texts until they text START themselves.',
    ref: conversationOrPatient,
  });

export interface ToErase {
  readonly patientId: number;
  /** Masked. */
  readonly who: string;
  readonly phone: string;
  readonly externalId: string;
}

/** Says whom: several patients' cards may stand one below the other. */
export const eraseForm = ({ patientId, who, phone, externalId }: ToErase): ModalView =>
  reasonForm({
    view: VIEWS.erase,
    title: 'Erase this patient?',
    submit: 'Erase for good',
    says: [
      `*${name(who, 80)}*  ·  ${phone}  ·  id ${name(externalId, 60)}`,
      '⚠️ *This cannot be undone.*',
      '*Goes:* profile, groups and texts; here, at Twilio, and in my posts in Slack.',
      '*Stays:* the record of who did what (ids only), and an opt-out of the number, if there is one.',
      '*Not reached:* what staff wrote or uploaded in Slack, pictures in the thread, and backups until they are replaced.',
    ].join('\n'),
    ref: String(patientId),
  });

/** After erasing: what is gone, and what is not. */
export const erasedView = (done: { texts: number; isShared: boolean; staysOptedOut: boolean }): ModalView => ({
  type: 'modal',
  title: plain('Erased', 24),
  close: plain('Close', 24),
  blocks: paragraphs([
    `✅ *The patient is erased, with ${plural(done.texts, 'text', 'texts')}.* Twilio forgets them within minutes, and my posts in Slack follow.`,
    done.isShared
      ? '👥 Others have this number: its conversation and the number stay, since they are theirs as well.'
      : 'What staff wrote or uploaded in Slack, and pictures, stand in the thread: delete them there.',
    done.staysOptedOut ? '🚫 The number stays opted out, so that nobody texts it again.' : '',
  ]),
});

/** What was typed; null when it says nothing. */
export const readReasonForm = (values: ViewValues): string | null => readReason(typedIn(values, BLOCK));

export const reasonFormError = (message: string): Record<string, string> => ({ [BLOCK]: message });
