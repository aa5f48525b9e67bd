/** Every message, by sid and by number. Nothing here takes time that grows with the number of messages, lists apart. */
import { newRecord } from './record';
import type { Draft, MediaRecord, MessageRecord } from './record';

const append = (index: Map<string, MessageRecord[]>, key: string, record: MessageRecord): void => {
  const records = index.get(key);
  if (records === undefined) index.set(key, [record]);
  else records.push(record);
};

const NOTHING: readonly MessageRecord[] = [];

export class MessageStore {
  private readonly all: MessageRecord[] = [];
  private readonly bySid = new Map<string, MessageRecord>();
  private readonly byTo = new Map<string, MessageRecord[]>();
  private readonly byFrom = new Map<string, MessageRecord[]>();
  private readonly mediaBySid = new Map<string, MediaRecord>();

  add(draft: Draft, now: number): MessageRecord {
    const record = newRecord(draft, this.all.length, now);
    this.all.push(record);
    this.bySid.set(record.sid, record);
    append(this.byTo, record.to, record);
    append(this.byFrom, record.from, record);
    return record;
  }

  attach(record: MessageRecord, media: readonly MediaRecord[]): void {
    record.media = media;
    for (const item of media) this.mediaBySid.set(item.sid, item);
  }

  find(sid: string): MessageRecord | undefined {
    const record = this.bySid.get(sid);
    return record?.deleted === true ? undefined : record;
  }

  /** A deleted message keeps its place, so that a page token that names it still works. */
  position(sid: string): number | undefined {
    return this.bySid.get(sid)?.seq;
  }

  media(sid: string): MediaRecord | undefined {
    return this.mediaBySid.get(sid);
  }

  /** Deletion takes the media along. */
  remove(record: MessageRecord): void {
    record.deleted = true;
    record.body = '';
    for (const item of record.media) this.mediaBySid.delete(item.sid);
  }

  removeMedia(record: MessageRecord, sid: string): void {
    this.mediaBySid.delete(sid);
    record.media = record.media.filter((item) => item.sid !== sid);
  }

  /** Oldest first; the narrowest of the indexes that fit. Deleted ones are among them. */
  candidates(to: string | undefined, from: string | undefined): readonly MessageRecord[] {
    const byTo = to === undefined ? this.all : (this.byTo.get(to) ?? NOTHING);
    const byFrom = from === undefined ? this.all : (this.byFrom.get(from) ?? NOTHING);
    return byTo.length <= byFrom.length ? byTo : byFrom;
  }
}
