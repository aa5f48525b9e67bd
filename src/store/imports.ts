import { asJson } from './as-json';
import type { Db } from './database';
import type { Import, ImportState } from './generated/client';

export type StoredImport = Import;

export interface NewImport {
  readonly key: string;
  readonly fileName: string;
  readonly fileId: string | null;
  readonly channel: string | null;
  readonly threadTs: string | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
}

export class Imports {
  constructor(private readonly db: Db) {}

  byId = (id: number) => this.db.import.findUnique({ where: { id } });

  /**
   * Of one share of a file Slack tells twice, and once of the two without the message: a file whose message is not known yet
   * is begun if it was in that channel at all, and one that began without its message is begun for its first.
   */
  async isBegun(file: { fileId: string; channel: string; messageTs?: string | undefined }): Promise<boolean> {
    const { fileId, channel, messageTs } = file;
    const where = messageTs === undefined ? { fileId, channel } : { key: `file:${fileId}`, channel };
    return (await this.db.import.findFirst({ where, select: { id: true } })) !== null;
  }

  /** Null when this file is being imported already. */
  async begin(record: NewImport): Promise<number | null> {
    if (await this.db.import.findUnique({ where: { key: record.key } })) return null;
    return (await this.db.import.create({ data: { ...record, state: 'READING' } })).id;
  }

  async move(
    id: number,
    from: readonly ImportState[],
    data: {
      state: ImportState;
      problem?: string | null;
      summary?: string;
      decidedBy?: string | null;
      decidedAt?: Date | null;
      appliedAt?: Date;
      undoUntil?: Date;
      fileName?: string;
    },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({ where: { id, state: { in: [...from] } }, data });
    return count === 1;
  }

  /** What is learnt of a file while it is read. */
  async describe(
    id: number,
    data: { fileName?: string; filePermalink?: string | null; header?: string; readAt?: Date; undone?: string },
  ): Promise<void> {
    await this.db.import.update({ where: { id }, data });
  }

  /** @returns false when this reading is not wanted any more */
  async progress(
    { importId, reading }: { importId: number; reading: number },
    data: { rowsRead: number; percentRead: number | null },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({ where: { id: importId, reading, state: 'READING' }, data });
    return count === 1;
  }

  /** @returns false when this reading is not wanted any more */
  async finishReading(
    { importId, reading }: { importId: number; reading: number },
    data: { state: ImportState; summary: string; problem?: string | null },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({ where: { id: importId, reading, state: 'READING' }, data });
    return count === 1;
  }

  /** Begins another reading after a choice. @returns false when the import is not waiting for a decision */
  async readAgain(
    id: number,
    choice: { mapping?: string; kind?: Import['kind']; replaceGroups?: boolean },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({
      where: { id, state: { in: ['NEEDS_COLUMNS', 'READY'] } },
      data: { ...choice, state: 'READING', reading: { increment: 1 }, rowsRead: 0, percentRead: null },
    });
    return count === 1;
  }

  async rememberColumns(header: string, { mapping, by, at }: { mapping: string; by: string; at: Date }): Promise<void> {
    const data = { mapping, chosenBy: by, createdAt: at };
    await this.db.columnMapping.upsert({ where: { header }, create: { header, ...data }, update: data });
  }

  /** Columns that somebody chose for a file with this header, JSON; null when nobody did. */
  async rememberedColumns(header: string): Promise<string | null> {
    return (await this.db.columnMapping.findUnique({ where: { header } }))?.mapping ?? null;
  }

  unfinished = () => this.db.import.findMany({ where: { state: { in: ['READING', 'APPLYING', 'UNDOING'] } } });

  /** That change patients right now. */
  underWay = () => this.db.import.findMany({ where: { state: { in: ['APPLYING', 'UNDOING'] } } });

  /** The last line of the file that is staged. Uses the primary key; Prisma's max() would read every row. */
  async lastLine(importId: number): Promise<number> {
    const last = { where: { importId }, orderBy: { line: 'desc' }, select: { line: true } } as const;
    return (await this.db.importRow.findFirst(last))?.line ?? 0;
  }

  /** Applied ones that cannot be undone any more. Uses the index on undoUntil. */
  undoEnded = (now: Date) =>
    this.db.import.findMany({ where: { undoUntil: { lt: now }, state: 'APPLIED' }, select: { id: true } });

  /** @returns false when somebody else has ended it */
  async endUndo(id: number): Promise<boolean> {
    const ended = { where: { id, state: 'APPLIED' as const, undoUntil: { not: null } }, data: { undoUntil: null } };
    return (await this.db.import.updateMany(ended)).count === 1;
  }

  /** That came by the command line and are not confirmed. */
  undecidedByCommand = () =>
    this.db.import.findMany({
      where: { key: { startsWith: 'cli:' }, state: { in: ['READING', 'NEEDS_COLUMNS', 'READY'] } },
      select: { id: true, key: true },
    });

  /** Lines of the rows that were left out. Uses the index on (importId, outcome). */
  async rejectedLines(importId: number, limit: number): Promise<number[]> {
    const rows = await this.db.$queryRaw<{ line: bigint | number }[]>`
      SELECT line FROM ImportRow INDEXED BY "ImportRow_importId_outcome_idx"
      WHERE importId = ${importId} AND outcome IN ('REJECTED', 'DUPLICATE') ORDER BY line LIMIT ${limit}`;
    return rows.map(({ line }) => Number(line));
  }

  /** These rows as they came. Uses the primary key. */
  async rowsAt(
    importId: number,
    lines: readonly number[],
  ): Promise<{ line: number; reason: string | null; cells: string | null }[]> {
    const rows = await this.db.$queryRaw<{ rows: string }[]>`
      SELECT json_group_array(json_array(line, reason, cells)) AS rows FROM (
        SELECT r.line, r.reason, r.cells FROM json_each(${JSON.stringify(lines)}) l
        CROSS JOIN ImportRow r ON r.importId = ${importId} AND r.line = l.value ORDER BY r.line)`;
    const found = asJson(rows) as [number, string | null, string | null][];
    return found.map(([line, reason, cells]) => ({ line, reason, cells }));
  }
}
