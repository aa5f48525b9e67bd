import type { KnownBlock, ModalView } from '@slack/types';
import type { GroupRow } from '../../../domain/cards/card';
import { VIEWS } from '../action-ids';
import { plain, section } from '../elements';
import { name, plainName } from '../words';
import { input, offer, option } from './inputs';
import { allChosenIn, typedIn, type ViewValues } from './view-values';

const BLOCKS = { groups: 'patient_groups', newName: 'patient_new_group' } as const;

export interface PatientGroupsOptions {
  readonly patientId: number;
  readonly who: string;
  readonly groups: readonly GroupRow[];
  readonly chosen: readonly number[];
}

/** The groups that a patient is in, to change. `before` comes back with the submission: others may change them meanwhile. */
export const patientGroupsForm = ({ patientId, who, groups, chosen }: PatientGroupsOptions): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.patientGroups,
  private_metadata: JSON.stringify({ patientId, before: chosen.slice(0, MOST_CHOSEN) }),
  title: plain('Groups', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    section(`Which groups is *${name(who)}* in?`),
    ...groupsInput(groups, chosen),
    input({
      block: BLOCKS.newName,
      label: 'A new group',
      hint: 'Only if there is none yet that fits.',
      optional: true,
      element: { type: 'plain_text_input', max_length: 80 },
    }),
  ],
});

/** More ids do not fit into private_metadata; nobody is in so many. */
const MOST_CHOSEN = 300;

const groupsInput = (groups: readonly GroupRow[], chosen: readonly number[]): KnownBlock[] => {
  if (groups.length === 0) return [];
  const options = groups.map(({ id, name: title }) => option(plainName(title, 75), id));
  const initial = options.filter(({ value }) => chosen.includes(Number(value))).slice(0, 100);
  const element = {
    type: 'multi_static_select',
    ...offer(options),
    ...(initial.length > 0 && { initial_options: initial }),
  } as const;
  return [input({ block: BLOCKS.groups, label: 'Groups', optional: true, element })];
};

export const readPatientGroupsForm = (values: ViewValues): { chosen: number[]; newName: string } => ({
  chosen: allChosenIn(values, BLOCKS.groups).map(Number),
  newName: typedIn(values, BLOCKS.newName).trim(),
});

export const patientGroupsError = (error: string): Record<string, string> => ({ [BLOCKS.newName]: error });
