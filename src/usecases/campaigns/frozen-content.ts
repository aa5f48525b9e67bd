import { hash } from 'node:crypto';
import { ContentHash } from '../../domain/campaign';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';

type Version = NonNullable<Awaited<ReturnType<Tx['templates']['latest']>>>;

/** Rows looked at in one go: some 10 ms of the database. */
const BATCH = 2_000;

/** By which equal texts are known. */
export const textKeyOf = (text: string): string => hash('sha256', text, 'hex').slice(0, 32);

/** What reviewers agree to, begun with the template's own texts; its recipients are added in the order they are frozen. */
export const contentHashOf = ({ variants, replies }: Pick<Version, 'variants' | 'replies'>): ContentHash =>
  new ContentHash({
    variants: Object.fromEntries(variants.map(({ language, text }) => [language, text])),
    autoAnswers: Object.fromEntries(
      replies.map((one) => [one.label, `${one.autoAnswer ?? ''}${one.autoAnswers ?? ''}`]),
    ),
  });

/**
 * Whether what is in the database now is what was frozen: every text, word for word, and who gets it. Nothing of ours
 * changes it; this looks before a send is released all the same, for whatever else can write there.
 */
export async function isAsFrozen(
  { store }: Pick<Ports, 'store'>,
  campaign: { readonly id: number; readonly contentHash: string; readonly templateVersion: Version },
): Promise<boolean> {
  const content = contentHashOf(campaign.templateVersion);
  const { first, last } = await store.recipients.bounds(campaign.id);
  for (let after = first - 1; ;) {
    const rows = await store.recipients.frozen(campaign.id, { after, last, limit: BATCH });
    content.add(rows.map(({ patientId, phone, text }) => ({ patientId, phone, textKey: textKeyOf(text) })));
    after = rows.at(-1)?.id ?? after;
    if (rows.length < BATCH) return content.digest() === campaign.contentHash;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
