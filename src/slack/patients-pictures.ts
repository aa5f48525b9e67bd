import type { WebClient } from '@slack/web-api';
import type { PatientPicture } from '../usecases/media';
import type { Place, PostOutcome } from '../usecases/ports';
import { pictureAlt, pictureCaption } from './blocks/patients-picture';
import { outcomeOf } from './outcomes';
import { titleOf } from './rejected-files';

/** Puts what a patient attached into their thread. Its title ends in our id, so that it can be found again. */
export async function uploadPicture(
  client: WebClient,
  { channel, threadTs }: Place,
  { id, name, content, ...picture }: PatientPicture & { readonly id: string },
): Promise<PostOutcome> {
  const where = threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
  try {
    const shown = { filename: name, title: `${picture.word} ${titleOf(id)}`, alt_text: pictureAlt(picture) };
    await client.filesUploadV2({ ...where, ...shown, file: content, initial_comment: pictureCaption(picture) });
    return { kind: 'posted', channel, ts: id };
  } catch (error) {
    return outcomeOf(error);
  }
}
