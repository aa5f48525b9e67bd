import { AppError } from '../../domain/errors';
import { maskPhone, parsePhoneNumber } from '../../domain/phone-number';
import { countSegments } from '../../domain/segments';
import { renderTemplate } from '../../domain/template';
import { withStandIns } from '../../domain/template/stand-ins';
import { explainError } from '../../domain/twilio-errors';
import { readWindowKey } from '../../domain/window-key';
import { WindowWatch } from '../../domain/window-watch';
import type { StoredPatient } from '../../store/patients';
import { zoneSetOfPhone } from '../conversations/zones-of-phone';
import { testKey } from '../messages/message-changed';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { valuesFor } from './values-for';

export interface TestRequest {
  readonly actor: string;
  readonly versionId: number;
  /** The press: handed in twice it is texted once. */
  readonly key: string;
}

/** `number unknown`: the person has yet to say which staff profile is theirs, with {@link rememberTestNumber}. */
export type TestAnswer =
  { readonly kind: 'queued'; readonly phone: string; readonly texts: number } | { readonly kind: 'number unknown' };

const settingOf = (user: string): string => `test_number:${user}`;

/**
 * Texts a template version, in each of its languages, to the phone of the one who asks: a number of a staff profile, which
 * they have confirmed to be theirs. Window and opt-out hold as for everybody.
 * @throws AppError FORBIDDEN, OPTED_OUT, BAD_NUMBER, OUTSIDE_TEXTING_WINDOW
 */
export async function sendTest(ports: Ports, { actor, versionId, key }: TestRequest): Promise<TestAnswer> {
  await requireRight(ports, actor, 'templates.write');
  const profile = await profileOf(ports, actor);
  if (!profile) return { kind: 'number unknown' };
  const zones = await whereTextable(ports, profile.phone);
  const version = await ports.store.templates.version(versionId);
  const channel = await ports.room.directChannel(actor);
  const at = ports.clock.now();
  const values = valuesFor(profile, ports.clinic);
  await ports.store.transaction(async (tx) => {
    for (const { language, text: written } of version.variants) {
      const rendered = renderTemplate(written, withStandIns(written, values));
      if (!rendered.ok) continue;
      const { text } = rendered;
      const message = await tx.messages.addOutbound({
        key: `${key}:${language}`,
        purpose: 'TEST',
        phone: profile.phone,
        text,
        segments: countSegments(text).segments,
        zones,
        conversationId: null,
        createdAt: at,
        answerableUntil: null,
        sentBy: actor,
      });
      if (!message) continue;
      await tx.posts.want({ key: testKey(message.id), kind: 'test', ref: message.id, channel, priority: 3 }, at);
      const subject = `message:${message.id}`;
      await tx.audit.append({ at, actor, action: 'template.test', subject, detail: { versionId } });
    }
  });
  ports.wake.dispatch();
  ports.wake.posts();
  return { kind: 'queued', phone: maskPhone(profile.phone), texts: version.variants.length };
}

/**
 * Remembers to which number a person's tests go. It must be a staff profile's: tests need no approval, and must not be a
 * way to text patients.
 * @throws AppError FORBIDDEN, TEST_NUMBER_UNREADABLE, TEST_NUMBER_NOT_STAFF
 */
export async function rememberTestNumber(
  ports: Ports,
  { actor, number }: { actor: string; number: string },
): Promise<void> {
  await requireRight(ports, actor, 'templates.write');
  const read = parsePhoneNumber(number, ports.clinic.country);
  if (!read.ok) {
    throw new AppError('TEST_NUMBER_UNREADABLE', {
      message: 'a test number that is none',
      userMessage: 'This is not a mobile number. Write it like 617-555-2001.',
    });
  }
  if (!(await staffProfile(ports, read.e164))) {
    throw new AppError('TEST_NUMBER_NOT_STAFF', {
      message: 'a test number without a staff profile',
      userMessage:
        'No staff profile has this number, and tests go to staff only. Import a staff file with it first: /outreach import',
    });
  }
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    await tx.settings.write(settingOf(actor), JSON.stringify(read.e164), { by: actor, at });
    await tx.audit.append({ at, actor, action: 'settings.test_number', subject: `user:${actor}` });
  });
}

/** The staff profile that the person has confirmed to be theirs, if it is still there. */
async function profileOf(ports: Ports, user: string): Promise<StoredPatient | undefined> {
  const setting = await ports.store.settings.read(settingOf(user));
  return setting === null ? undefined : staffProfile(ports, JSON.parse(setting.value) as string);
}

const staffProfile = async ({ store }: Ports, phone: string): Promise<StoredPatient | undefined> =>
  (await store.patients.byPhone(phone)).find(({ kind }) => kind === 'STAFF');

/** The window key of a number that may be texted now. A test that comes hours later is of no use: it is refused instead. */
async function whereTextable(ports: Ports, number: string): Promise<string> {
  const phone = await ports.store.patients.phone(number);
  const refused = (code: string, twilioCode: number): AppError =>
    new AppError(code, { message: `no test to this number: ${code}`, userMessage: explainError(twilioCode).sentence });
  if (phone?.optedOutAt != null) {
    throw new AppError('OPTED_OUT', {
      message: 'no test to a number that opted out',
      userMessage: 'Your number has opted out of texts. Text START to the clinic’s number, then try again.',
    });
  }
  if (phone?.badSince != null) throw refused('BAD_NUMBER', phone.badCode ?? 0);
  const zones = await zoneSetOfPhone(ports.store, number, ports.clinic);
  const now = ports.clock.now();
  const window = new WindowWatch(ports.clinic.textingHours.current).at(zones, now, 'conversation');
  if (window.open) return zones;
  const timeZone = readWindowKey(zones).zones[0] ?? ports.clinic.timeZone;
  const clock = (at: Date): string =>
    at.toLocaleString('en-US', { timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' });
  const opens = window.until === null ? 'never, by the present settings' : clock(window.until);
  throw new AppError('OUTSIDE_TEXTING_WINDOW', {
    message: 'a test outside the texting window',
    userMessage: `No test was sent: it is ${clock(now)} where your phone is, outside texting hours. They open ${opens}.`,
  });
}
