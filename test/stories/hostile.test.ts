import Papa from 'papaparse';
import { objectsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { naughtyStrings } from '../support/naughty';
import { BOSTON, phoneOf, type Row } from '../support/patient-rows';

/** What would ping, link, mark up, run or overflow, if anything of it were taken for more than words. */
const NASTY = [
  ...['<!channel>', '<!here|here>', '<@U0ADMIN1>', '<#C0REPLIES>', '<https://evil.example|Click here>', '@channel'],
  ...[
    '*bold* _it_ ~no~ `code` ```block```',
    '> quoted\n> twice',
    ':tada: :skull:',
    '&lt;!channel&gt;',
    '{{ last_name }}',
  ],
  ...[
    '=HYPERLINK("http://evil.example";"x")',
    '+1+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '\t=1+1',
    '＝1+1',
    "'; DROP TABLE Patient; --",
  ],
  ...['a'.repeat(190), '👩‍👩‍👧'.repeat(20), '\u202Eevil', '%s%n', '$(reboot)', '../../etc/passwd', '{"a":1}'],
];

/** Slack takes a post a second: some of them, of each kind, also as what patients write. */
const REPLIES = NASTY.filter((_text, index) => index % 3 === 0);

describe('Whatever people and files bring', () => {
  let clinic: Clinic;
  const texts = [
    ...NASTY,
    ...naughtyStrings.filter((text) => text.trim() !== '' && !/[\x00-\x08\x0e-\x1f]/.test(text)).slice(0, 30),
  ];

  /** Everything that Slack shows to anybody, as it would read it: markup only works in these. */
  const markupShown = async (): Promise<string[]> => {
    const everybody = [clinic.sender, clinic.reviewer, clinic.responder, clinic.admin];
    const states = await Promise.all(everybody.map((person) => person.sees()));
    const ours = states.flatMap(({ messages }) => messages.filter(({ isBot }) => isBot));
    const others = states.flatMap(({ modals, home }) => [...modals.map(({ view }) => view), home?.view]);
    const mrkdwn = [...objectsIn([ours.map(({ blocks }) => blocks), others])].filter(({ type }) => type === 'mrkdwn');
    return [...ours.map(({ text }) => text), ...mrkdwn.map(({ text }) => String(text))];
  };
  const answerTo = async (text: string, by: Person): Promise<string> => {
    const before = (await by.sees()).messages.length;
    await by.types(text, CHANNELS.outreach);
    const answer = await until(`an answer to ${text}`, async () =>
      (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
    );
    return wordsOf(answer);
  };

  beforeAll(async () => {
    clinic = await openClinic();
    const rows = texts.map((text, index): Row => ({
      id: `p${index}`,
      mobile: phoneOf(index + 1),
      first: text,
      last: texts[(index + 1) % texts.length]!,
      groups: index < 60 ? `Everyone; ${text}` : 'Everyone',
      zip: BOSTON,
    }));
    await clinic.importPatients(rows);
  }, 60_000);
  afterAll(() => clinic.close());

  test('as names, texts, groups and replies goes through the whole app: sent, answered, shown', async () => {
    await clinic.template({
      name: 'Hello <!channel>',
      text: 'Hi {{ first_name }} {{ last_name }} <!here>',
      replies: 'YES',
    });
    const card = await clinic.send({ template: 'Hello', groups: ['Everyone'] });
    await clinic.sender.presses('Send now', card);
    if (wordsOf(await clinic.sender.again(card)).includes('approve')) await clinic.approve();
    await clinic.shows(card, 'Done', clinic.sender);
    for (const [index, text] of REPLIES.entries()) await clinic.box.phone(phoneOf(index + 1)).texts(text);
    await until(
      'all replies in Slack',
      async () => {
        const heads = (await clinic.responder.sees()).messages.filter(
          ({ channel, threadTs }) => channel === CHANNELS.replies && threadTs === undefined,
        );
        return heads.length >= REPLIES.length && clinic.waitingPosts().length === 0;
      },
      60_000,
    );
    for (const text of NASTY) {
      if (text.includes('\n')) continue;
      expect(await answerTo(`/outreach patient ${text}`, clinic.responder)).not.toBe('');
    }
    for (const command of ['groups', 'responses', 'responses unexpected', 'status', 'template']) {
      expect(await answerTo(`/outreach ${command}`, clinic.responder)).not.toBe('');
    }
    expect(await answerTo('/outreach audit', clinic.admin)).toContain('imported patients');
    expect(await answerTo('/outreach audit <!channel>', clinic.admin)).toContain('Nothing like that');
    for (const person of [clinic.sender, clinic.responder, clinic.admin]) await person.opensHome();
  }, 120_000);

  test('nothing pings, links or is marked up', async () => {
    const shown = await markupShown();
    expect(shown.length).toBeGreaterThan(60);
    const ours =
      /<(?:@U0(?:SENDER|REVIEWER|RESPONDER|ADMIN)1|#C0REPLIES|!date\^\d+\^[^|>]*\|[^>]*|https?:\/\/127\.0\.0\.1[^>|]*\|(?:Open the [a-z]+|the file))>/g;
    const left = shown.map((text) => text.replace(ours, '')).filter((text) => /<[!@#h]/.test(text));
    expect(left).toEqual([]);
    expect(shown.filter((text) => text.includes('<@U0ADMIN1>') && !/admin|audit/i.test(text))).toEqual([]);
  });

  test('Slack refused none of it', () => {
    expect(clinic.waitingPosts()).toEqual([]);
  });

  test('the downloads run nothing in a spreadsheet', async () => {
    await clinic.responder.types('/outreach responses', CHANNELS.outreach);
    const page = await clinic.responder.reads(/unexpected/, { channel: CHANNELS.outreach });
    await clinic.responder.presses('Download CSV', page);
    await clinic.admin.types('/outreach audit', CHANNELS.outreach);
    await clinic.admin.presses(
      'Download CSV',
      await clinic.admin.reads('Download CSV', { channel: CHANNELS.outreach }),
    );
    for (const [person, name] of [
      [clinic.responder, 'responses-all'],
      [clinic.admin, 'audit-'],
    ] as const) {
      const file = await until(name, async () =>
        (await person.sees()).messages.flatMap(({ files }) => files).find((one) => one.name.startsWith(name)),
      );
      const csv = await (await fetch(new URL(file.controlUrl, clinic.box.address))).text();
      const cells = Papa.parse<string[]>(csv.replace(/^\uFEFF/, '')).data.flat();
      expect(cells.length).toBeGreaterThan(20);
      expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) && !/^-{1,2}$/.test(cell))).toEqual([]);
    }
  });
});
