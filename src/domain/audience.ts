/** A patient as the audience rules look at them. */
export interface AudienceMember {
  readonly id: number;
  readonly phone: string;
  readonly optedOut: boolean;
  readonly bad: boolean;
}

/** Why a patient is left out of a campaign. Shown, counted and downloadable. */
export type ExclusionReason = 'opted_out' | 'bad_number' | 'missing_field' | 'duplicate_number' | 'too_long';

export const EXCLUSION_IN_WORDS: Readonly<Record<ExclusionReason, string>> = {
  opted_out: 'opted out',
  bad_number: 'number cannot be texted',
  missing_field: 'a placeholder is empty for them',
  duplicate_number: 'same text to the same number',
  too_long: 'text would be longer than 10 segments',
};

/** Twilio takes 1,600 characters; ten segments are as much as carriers put together again. */
export const MOST_SEGMENTS = 10;

/** Whether a patient may be in a campaign at all, whatever the text. */
export const excludedBefore = (member: Pick<AudienceMember, 'optedOut' | 'bad'>): ExclusionReason | null => {
  if (member.optedOut) return 'opted_out';
  return member.bad ? 'bad_number' : null;
};
