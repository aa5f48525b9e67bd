import type { LibraryEntry } from '../../domain/cards/template-cards';
import { templateKey } from '../../domain/template-name';
import { notFound, requireRight } from '../permissions';
import type { Ports, StarterLibrary } from '../ports';
import { freeName } from './find-templates';
import type { TemplateForm } from './save-template';

/** @throws AppError FORBIDDEN */
export async function openStarterLibrary(ports: Ports, actor: string): Promise<StarterLibrary> {
  await requireRight(ports, actor, 'templates.read');
  return ports.clinic.starterLibrary();
}

/** How a button names a template of the library. */
export const libraryKey = ({ topic, name }: Pick<LibraryEntry, 'topic' | 'name'>): string => `${topic}/${name}`;

/**
 * A template of the library as the form for a new one shows it, under a name that is free.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function copyFromLibrary(
  ports: Ports,
  { key, actor }: { key: string; actor: string },
): Promise<TemplateForm> {
  await requireRight(ports, actor, 'templates.write');
  const { entries } = await ports.clinic.starterLibrary();
  const entry = entries.find((one) => libraryKey(one) === key);
  if (!entry) throw notFound('template', key);
  const { name, texts, expectedReplies } = entry;
  const isTaken = (await ports.store.templates.byKey(templateKey(name))) !== null;
  return { name: isTaken ? await freeName(ports, name) : name, texts, expectedReplies };
}
