import { importForm } from '../../blocks/forms/import-form';
import { requireRight } from '../../../usecases/permissions';
import type { Asked } from '../asked';

export async function importFile({ ports, client, user, channel, triggerId }: Asked): Promise<void> {
  await requireRight(ports, user, 'patients.import');
  await client.views.open({ trigger_id: triggerId, view: importForm({ place: channel }) });
}
