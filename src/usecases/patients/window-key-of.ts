import { windowKey } from '../../domain/window-key';
import { stateOfZip } from '../../domain/zip-state';

/** What decides when this patient may be texted. The file's state column wins over the ZIP's. */
export const windowKeyOf = (patient: {
  readonly zones: string;
  readonly state: string | null;
  readonly zip: string | null;
}): string => {
  const state = patient.state ?? (patient.zip === null ? null : stateOfZip(patient.zip));
  return windowKey({ zones: patient.zones.split(','), states: state === null ? [] : [state] });
};
