import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LibraryEntry } from './domain/cards/template-cards';
import { MAX_TEMPLATE_NAME } from './domain/template-name';
import { projectRoot } from './store/database';
import type { StarterLibrary } from './usecases/ports';

const libraryFile = z.object({
  topic: z.string().trim().min(1).max(60),
  templates: z.array(
    z.object({
      name: z.string().trim().min(1).max(MAX_TEMPLATE_NAME),
      texts: z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(1)).refine((texts) => 'en' in texts),
      expectedReplies: z.array(z.string()).default([]),
    }),
  ),
});

/** Where the library that comes along stands. */
export const OWN_LIBRARY = join(projectRoot, 'library');

/** The starter templates in these folders, by topic. A file that cannot be read is named and does not hide the others. */
export async function readLibrary(folders: readonly string[]): Promise<StarterLibrary> {
  const entries: LibraryEntry[] = [];
  const unreadable: string[] = [];
  for (const folder of folders) {
    const files = await filesIn(folder);
    if (files === null) unreadable.push(folder);
    for (const file of files ?? []) {
      const read = await readOne(join(folder, file));
      if (read === null) unreadable.push(file);
      else entries.push(...read);
    }
  }
  entries.sort((one, other) => one.topic.localeCompare(other.topic, 'en'));
  return { entries, unreadable };
}

async function filesIn(folder: string): Promise<string[] | null> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch {
    return null;
  }
}

async function readOne(path: string): Promise<LibraryEntry[] | null> {
  try {
    const { topic, templates } = libraryFile.parse(JSON.parse(await readFile(path, 'utf8')));
    return templates.map(({ name, texts: { en = '', ...others }, expectedReplies }) => ({
      topic,
      name,
      texts: { default: en, ...others },
      expectedReplies: expectedReplies.join('\n'),
    }));
  } catch {
    return null;
  }
}
