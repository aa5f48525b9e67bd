import { performance } from 'node:perf_hooks';
import type { Doubted, FoundAgain } from '../../store/restored';
import { FRESH_MS } from '../conversations/late-message';
import type { Ports, SmsRecord } from '../ports';
import { messageChanged } from './message-changed';
import { isSameText, SKEW_MS, WAITING_MS } from './settle-uncertain';

const A_BATCH = 500;
/** Twilio is looked at twice, so far apart, in ms that no clock's jump can shorten. */
const SECOND_LOOK_MS = 4_000;

type Verdict =
  | { readonly kind: 'found'; readonly record: SmsRecord }
  | { readonly kind: 'not there' }
  /** Twilio has something to this number of which it does not tell the text any more. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'too late' };

/**
 * After a restore the database does not know what was sent since the backup. Whatever waits in it is in doubt until Twilio's
 * list, by number, text and date, has shown whether it is there; only then it goes out, or is known to have gone. Of equal
 * texts to one number each message at Twilio stands for one of ours, the oldest for the oldest.
 */
export class RestoredSettler {
  private firstLook: number | undefined;

  /** @param secondLookMs in real ms */
  constructor(
    private readonly ports: Ports,
    private readonly secondLookMs = SECOND_LOOK_MS,
  ) {}

  async settle(): Promise<void> {
    const { store, sms, clock, log, wake } = this.ports;
    const mark = await store.restored.mark();
    // What the process of before the restore had handed over shows in Twilio's list a little later.
    if (mark === null || clock.now().getTime() < mark.restoredAt + WAITING_MS) return;
    const open = await store.restored.open();
    if (open === null) return;
    this.firstLook ??= performance.now();
    if (performance.now() - this.firstLook < this.secondLookMs) return;
    const since = new Date(open.since.getTime() - SKEW_MS);
    const atTwilio = await this.unknown(await sms.listOutbound(since, (to) => open.phones.has(to)));
    const tally = { found: 0, released: 0, unclear: 0 };
    for (let last = 0; ;) {
      const batch = await store.restored.batch(last, A_BATCH);
      last = batch.at(-1)?.id ?? last;
      if (batch.length === 0) break;
      const judged = batch.map((message) => ({ message, verdict: this.judge(message, { atTwilio, mark }) }));
      await this.write(judged);
      for (const { verdict } of judged)
        tally[verdict.kind === 'found' ? 'found' : verdict.kind === 'not there' ? 'released' : 'unclear'] += 1;
      wake.inbound();
      await new Promise((resolve) => setImmediate(resolve));
    }
    log.info(tally, 'after the restore Twilio was asked what it has');
    wake.dispatch();
    wake.posts();
  }

  /** By number, oldest first, without those that this database knows. */
  private async unknown(records: readonly SmsRecord[]): Promise<Map<string, SmsRecord[]>> {
    const byPhone = new Map<string, SmsRecord[]>();
    for (let from = 0; from < records.length; from += 1000) {
      const some = records.slice(from, from + 1000);
      const unknown = await this.ports.store.restored.unknownSids(some);
      for (const record of some) {
        if (!unknown.has(record.sid)) continue;
        const list = byPhone.get(record.to);
        if (list) list.push(record);
        else byPhone.set(record.to, [record]);
      }
    }
    return byPhone;
  }

  /** What is found is taken out of the list: it stands for one message. */
  private judge(
    message: Doubted,
    { atTwilio, mark }: { atTwilio: Map<string, SmsRecord[]>; mark: { readonly restoredAt: number } },
  ): Verdict {
    const list = atTwilio.get(message.phone) ?? [];
    const isSince = ({ createdAt }: SmsRecord): boolean => createdAt.getTime() >= message.since.getTime() - SKEW_MS;
    const index = list.findIndex((record) => isSince(record) && isSameText(message.text, record.text));
    const [record] = index === -1 ? [] : list.splice(index, 1);
    if (record) return { kind: 'found', record };
    const redacted = list.findIndex((candidate) => isSince(candidate) && candidate.text === '');
    if (redacted !== -1) {
      list.splice(redacted, 1);
      return { kind: 'unclear' };
    }
    // Written by staff before the restore, and only read now: nobody expects it to go out any more.
    const readNow = message.createdAt.getTime() >= mark.restoredAt && message.purpose === 'CONVERSATION';
    const age = this.ports.clock.now().getTime() - message.since.getTime();
    return readNow && age > FRESH_MS ? { kind: 'too late' } : { kind: 'not there' };
  }

  private async write(judged: readonly { message: Doubted; verdict: Verdict }[]): Promise<void> {
    const now = this.ports.clock.now();
    const of = (kind: Verdict['kind']): number[] =>
      judged.flatMap(({ message, verdict }) => (verdict.kind === kind ? [message.id] : []));
    const found = judged.flatMap(({ message, verdict }) =>
      verdict.kind === 'found' ? [{ id: message.id, record: verdict.record }] : [],
    );
    await this.ports.store.transaction(async (tx) => {
      await tx.restored.adopt(
        found.map(({ id, record }): FoundAgain => ({ id, sid: record.sid, at: record.createdAt })),
        now,
      );
      await tx.reports.add(
        found.map(({ record: { sid, status, errorCode } }) => ({
          sid,
          attemptId: null,
          status,
          errorCode,
          receivedAt: now,
        })),
      );
      const released = of('not there');
      await tx.restored.release(released, now);
      await tx.queue.endReturned(released, now);
      await tx.restored.giveUp(of('unclear'), { reason: 'restored_unclear', at: now });
      await tx.restored.giveUp(of('too late'), { reason: 'too_old', at: now });
      for (const { message } of judged) if (message.purpose !== 'CAMPAIGN') await messageChanged(tx, message.id, now);
    });
  }
}
