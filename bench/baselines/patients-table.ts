/** One table and the two indexes that patients need: what the baselines write into. */
export const PATIENTS = `
  CREATE TABLE patient (rowid INTEGER PRIMARY KEY, id TEXT, phone TEXT, first TEXT, last TEXT, language TEXT, zip TEXT, groups TEXT, site TEXT);
  CREATE UNIQUE INDEX patient_id ON patient (id);
  CREATE INDEX patient_phone ON patient (phone);`;

export const COLUMNS = ['id', 'phone', 'first', 'last', 'language', 'zip', 'groups', 'site'] as const;
