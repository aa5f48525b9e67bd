import { findPatients } from '../../../usecases/patients/find-patients';
import { foundBlocks } from '../../blocks/patient-card';
import type { Asked } from '../asked';

export async function patient({ ports, user, words, show }: Asked): Promise<unknown> {
  if (words === '') return show({ text: 'Whom? Type /outreach patient and an id, a phone number or a name.' });
  return show(foundBlocks(await findPatients(ports, { actor: user, words })));
}
