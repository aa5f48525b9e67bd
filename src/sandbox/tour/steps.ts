import type { SandboxMessage } from '../contract';
import { buttonsIn, wordsOf } from '../driver/blocks';
import { until } from '../driver/http';
import type { SandboxDriver } from '../driver/sandbox-driver';

export interface Tour {
  readonly box: SandboxDriver;
  readonly sample: Buffer;
  /** Prints what was seen. */
  readonly saw: (text: string) => void;
  /** What later steps need of earlier ones. */
  readonly found: { card?: SandboxMessage; number?: string; thread?: SandboxMessage };
}

export interface Step {
  readonly title: string;
  readonly run: (tour: Tour) => Promise<void>;
}

const IMPORTS = 'C0IMPORTS';
const APPROVALS = 'C0APPROVALS';
const REPLIES = 'C0REPLIES';
const OUTREACH = 'C0GENERAL';

/** @throws Error, as the tour's way to say that something did not happen */
export function expect(happened: boolean, what: string): void {
  if (!happened) throw new Error(`this did not happen: ${what}`);
}

const firstLine = (message: SandboxMessage): string => wordsOf(message).split('\n').slice(0, 2).join(' – ');

export const STEPS: readonly Step[] = [
  {
    title: 'A file of patients is dropped into the imports channel; Confirm brings them in',
    run: async ({ box, sample, saw }) => {
      const sender = box.staff('sender');
      const { ts } = await sender.drops({ name: 'patients.csv', content: sample }, IMPORTS);
      const preview = await sender.reads(/\d+ new/, { channel: IMPORTS, threadTs: ts });
      saw(firstLine(preview));
      await sender.presses('Confirm', preview);
      const done = await until('the import', async () => {
        const card = await sender.again(preview);
        return buttonsIn(card.blocks).every(({ label }) => label !== 'Confirm') && card;
      });
      saw(firstLine(done));
    },
  },
  {
    title: 'A template is written, and shown as a real patient would get it',
    run: async ({ box, saw }) => {
      const sender = box.staff('sender');
      await sender.types('/outreach template new', OUTREACH);
      const submitted = await sender.submits({
        Name: 'Second dose',
        Text: 'Hi {{ first_name }}, {{ clinic_name }} has your second dose. Can you come this week? Reply YES or NO. STOP to end.',
        'Expected replies': 'YES, NO',
      });
      expect(submitted.responseAction === 'closed', `the template was saved (${JSON.stringify(submitted.errors)})`);
      const card = await sender.reads(/Second dose[\s\S]*segment/, { channel: OUTREACH });
      saw(firstLine(card));
    },
  },
  {
    title: 'A send to a group counts its recipients and waits for a reviewer who is not the sender',
    run: async (tour) => {
      const { box, saw } = tour;
      const sender = box.staff('sender');
      await sender.types('/outreach send', OUTREACH);
      await sender.submits({ Template: 'Second dose', Groups: ['2nd dose', 'Seniors'], When: 'Now' });
      const card = await sender.reads(/patients would get/, { channel: OUTREACH });
      saw(firstLine(card));
      tour.found.card = card;
      await sender.presses('Send now', card);
      const request = await sender.reads('✅', { channel: APPROVALS });
      saw(`in #outreach-approvals: ${firstLine(request)}`);
      await sender.reacts('white_check_mark', request);
      const no = await sender.reads('does not count', { channel: APPROVALS });
      saw(`the sender’s own ✅: “${wordsOf(no)}”`);
      expect((await box.phones()).length === 0, 'nobody was texted before the approval');
      await box.staff('reviewer').reacts('white_check_mark', request);
    },
  },
  {
    title: 'The phones receive, and the card counts up in place to done',
    run: async (tour) => {
      const { box, saw, found } = tour;
      const sender = box.staff('sender');
      const card = found.card as SandboxMessage;
      const done = await until(
        'the campaign to be done',
        async () => {
          const now = await sender.again(card);
          return /\bdone\b/i.test(wordsOf(now)) && now;
        },
        90_000,
      );
      saw(firstLine(done));
      const phones = (await box.phones()).filter(({ texts }) => texts.length > 0);
      saw(`${phones.length} phones have a text, the first: “${phones[0]?.texts[0]?.body ?? ''}”`);
      expect(phones.length > 50, 'more than 50 phones received');
      const received = phones.flatMap(({ number, texts }) => texts.map(({ body }) => `${number} ${body}`));
      expect(new Set(received).size === received.length, 'no phone received the same text twice');
    },
  },
  {
    title: 'One phone answers YES and is counted; another asks something and gets a thread, flagged 🟠',
    run: async (tour) => {
      const { box, saw, found } = tour;
      const [yes, other] = (await box.phones())
        .filter(({ kind, texts }) => kind === 'mobile' && texts.length > 0)
        .map(({ number }) => number);
      await box.phone(yes ?? '').texts('Yes please!');
      await box.phone(other ?? '').texts('Is there parking? I come by wheelchair');
      found.number = other ?? '';
      const responder = box.staff('responder');
      const head = await responder.reads(/🟠[\s\S]*parking/, { channel: REPLIES });
      saw(firstLine(head));
      found.thread = head;
      const reply = await responder.reads(/parking/, { channel: REPLIES, threadTs: head.ts });
      saw(`in its thread: ${firstLine(reply)}`);
      const card = await until('YES on the card', async () => {
        const now = await box.staff('sender').again(found.card as SandboxMessage);
        return /YES/.test(wordsOf(now)) && now;
      });
      saw(
        wordsOf(card)
          .split('\n')
          .find((line) => line.includes('YES')) ?? '',
      );
    },
  },
  {
    title: 'The responder answers in the thread, and the phone shows it',
    run: async ({ box, saw, found }) => {
      const responder = box.staff('responder');
      const head = found.thread as SandboxMessage;
      const ts = await responder.says('Yes, two places by the door :wave:', { channel: REPLIES, threadTs: head.ts });
      saw(`the phone: “${await box.phone(found.number ?? '').receives('two places')}”`);
      await until('✅ on the answer', async () => {
        const { reactions } = await responder.again({ channel: REPLIES, ts });
        return reactions.some(({ name }) => name === 'white_check_mark');
      });
      saw('the message in Slack: ⏳, then ✅');
    },
  },
  {
    title: 'The responses are listed, what needs a person first, and handed over as a CSV',
    run: async ({ box, saw }) => {
      const responder = box.staff('responder');
      await responder.types('/outreach responses', REPLIES);
      const list = await responder.reads(/parking[\s\S]*Yes please/, { channel: REPLIES });
      saw(firstLine(list));
      await responder.presses('Download CSV', list);
      const file = await until('the CSV', async () =>
        (await responder.sees()).messages
          .flatMap(({ files }) => files)
          .find(({ name }) => name.startsWith('responses')),
      );
      const csv = await (await fetch(new URL(file.controlUrl, box.address))).text();
      expect(csv.includes('parking'), 'the CSV holds the reply');
      saw(`${file.name}, ${csv.trim().split('\n').length - 1} rows`);
    },
  },
  {
    title: 'A phone texts STOP and gets nothing more',
    run: async ({ box, saw, found }) => {
      const number = found.number ?? '';
      await box.phone(number).texts('STOP');
      const responder = box.staff('responder');
      const head = found.thread as SandboxMessage;
      await until('the opt-out on the card', async () => /opted out/i.test(wordsOf(await responder.again(head))));
      const before = (await box.phone(number).received()).length;
      const ts = await responder.says('One more thing', { channel: REPLIES, threadTs: head.ts });
      await until('⚠️ on the answer', async () => {
        const { reactions } = await responder.again({ channel: REPLIES, ts });
        return reactions.some(({ name }) => name === 'warning');
      });
      const why = await responder.reads('Not texted', { channel: REPLIES, threadTs: head.ts });
      saw(wordsOf(why));
      expect((await box.phone(number).received()).length === before, 'the phone got nothing after STOP');
    },
  },
];
