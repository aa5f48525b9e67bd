import { parseArgs } from 'node:util';
import type { PatientKind } from '../domain/patient-file/row';

export const IMPORT_USAGE = `Usage: npm run import -- FILE [options]

  --group NAME       put everybody in the file into this group, too; may be given several times
  --dry-run          say what would change, and change nothing
  --staff            the people in the file are staff, where no column says it
  --replace-groups   the groups of a row take the place of those that the patient is in now
  --yes              save without asking

Ends with 0 when it is saved (or a dry run is through), 1 when nothing could be imported, 2 when the command is not
understood. Rows that cannot be used are written into a file beside FILE, ready to be mended and imported again.`;

export interface ImportOptions {
  readonly path: string;
  readonly groups: readonly string[];
  readonly dryRun: boolean;
  readonly kind: PatientKind;
  readonly replaceGroups: boolean;
  readonly yes: boolean;
}

/** @returns what is wrong with the words, if they are not understood */
export function readImportOptions(words: readonly string[]): ImportOptions | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    const [path, ...more] = positionals;
    if (values.help === true) return { wrong: '' };
    if (path === undefined) return { wrong: 'Which file?' };
    if (more.length > 0) return { wrong: `One file at a time: ${more[0] ?? ''} is one too many.` };
    return {
      path,
      groups: (values.group ?? []).map((name) => name.trim().replace(/\s+/g, ' ')).filter((name) => name !== ''),
      dryRun: values['dry-run'] === true,
      kind: values.staff === true ? 'STAFF' : 'PATIENT',
      replaceGroups: values['replace-groups'] === true,
      yes: values.yes === true,
    };
  } catch (error) {
    // The rest of Node's sentence is about words that begin with a dash.
    return { wrong: (error instanceof Error ? error.message : String(error)).replace(/\. .*/s, '.') };
  }
}

const OPTIONS = {
  group: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  staff: { type: 'boolean' },
  'replace-groups': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
} as const;
