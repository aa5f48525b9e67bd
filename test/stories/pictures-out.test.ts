import type { SandboxMessage } from '../../src/sandbox/contract';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const MINUTE = 60_000;
const PNG = Buffer.from('a map as a picture');

interface Attached {
  readonly name: string;
  readonly mimetype: string;
  readonly content: Buffer;
}

describe('Pictures that staff post in a thread', () => {
  let clinic: Clinic;
  let head: SandboxMessage;
  const phone = () => clinic.box.phone(phoneOf(1));
  const posts = async (text: string, ...attached: Attached[]) => {
    const files = attached.map(({ name, mimetype, content }) => ({
      name,
      mimetype,
      base64: content.toString('base64'),
    }));
    const { id: user } = clinic.responder;
    const where = { channel: CHANNELS.replies, threadTs: head.ts };
    const { ts } = await clinic.post<{ ts: string }>('/slack/control/message', { user, text, ...where, files });
    return { channel: CHANNELS.replies, ts };
  };
  const map = { name: 'map.png', mimetype: 'image/png', content: PNG };
  const mediaOf = async (words: string): Promise<readonly string[]> =>
    until('the picture', async () => {
      const texts = await phone().conversation();
      return texts.findLast(({ body, direction }) => direction === 'in' && body === words)?.mediaUrls;
    });

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.importPatients(patients(2));
    await phone().texts('Where are you?');
    head = await clinic.thread('Where are you?');
  });
  afterAll(() => clinic.close());

  test('go to the patient with the words, from an address that only Twilio was given', async () => {
    await clinic.marked(await posts('Here is the way', map), 'white_check_mark');
    const [address = ''] = await mediaOf('Here is the way');
    const answer = await fetch(address);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
    expect((await fetch(address.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(404);
    expect((await fetch(address.replace('.png.', '.jpg.'))).status).toBe(404);
    expect((await fetch(`${clinic.address}/media/F0.png.zzzzzz.${'A'.repeat(43)}`)).status).toBe(404);
  });

  test('and without words, too; only once', async () => {
    await clinic.marked(await posts('', map), 'white_check_mark');
    expect(await mediaOf('')).toHaveLength(1);
    expect((await phone().received()).filter((body) => body === '')).toHaveLength(1);
  });

  test.each([
    ['a file of another kind', { name: 'plan.pdf', mimetype: 'application/pdf', content: PNG }, 'Only pictures'],
    ['what is too large', { ...map, content: Buffer.alloc(5 * 1024 * 1024 + 1) }, 'More than 5 MB cannot be texted'],
  ])('%s is refused with why, words and all', async (_, attached, why) => {
    const before = await phone().received();
    await clinic.marked(await posts(`With ${attached.name}`, attached), 'warning');
    await clinic.responder.reads(why, { channel: CHANNELS.replies, threadTs: head.ts });
    expect(await phone().received()).toEqual(before);
  });

  test('the address expires', async () => {
    const [address = ''] = await mediaOf('Here is the way');
    await clinic.box.advanceClock(24 * 60 * MINUTE);
    await until('its end', async () => (await fetch(address)).status === 404);
  });

  test('where there is no public address, they are refused with why', async () => {
    await clinic.stopApp();
    await clinic.startApp({ TWILIO_INBOUND: 'poll' });
    await phone().texts('And by bus?');
    await clinic.thread('And by bus?');
    await clinic.marked(await posts('By bus', map), 'warning');
    await clinic.responder.reads('no public address (PUBLIC_URL)', { threadTs: head.ts });
  });
});
