/**
 * The main job, pressed in a real Chromium on the page that `npm start` opens: what a newcomer does in the first five
 * minutes. Where no Chromium is found it is left out, loudly. SCREENSHOTS=<folder> keeps a picture of each step.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium';
import { SandboxPage } from './sandbox-page';
import { Trial } from './trial';

const chromium = findChromium();
const sample = join(__dirname, '../../samples/patients.csv');
const TEXT = 'Hi {{ first_name }}, {{ clinic_name }} has your second dose. Can you come this week? Reply YES or NO.';

if (chromium === undefined) {
  console.warn('NOT TESTED: the page. No Chromium was found; install one, or name it with CHROMIUM_PATH.');
  test.skip('the page in a real Chromium: none was found', () => undefined);
} else {
  describe('the page, from a CSV to a patient’s reply', () => story(chromium));
}

function story(executablePath: string): void {
  let trial: Trial;
  let ui: SandboxPage;
  let failed = false;

  beforeAll(async () => {
    trial = new Trial();
    ui = await SandboxPage.open(executablePath, await trial.address());
  }, 70_000);

  afterAll(async () => {
    await ui.close();
    await trial.close();
  });

  /** Each goes on where the one before it ended: after a failure there is nothing to go on with. */
  const step = (name: string, work: () => Promise<void>): void =>
    test(
      name,
      async () => {
        if (failed) throw new Error('A step before this one failed.');
        failed = true;
        try {
          await work();
          failed = false;
        } finally {
          await ui.shows(`step-${name.charAt(0)}${failed ? '-failed' : ''}`);
        }
      },
      60_000,
    );

  step('1. a file dropped into the imports channel is read, and Confirm brings its patients in', async () => {
    await ui.is('sender', 'outreach-imports');
    await ui.drops('patients.csv', readFileSync(sample));
    await ui.message('patients.csv').getByTestId('thread-link').click();
    await ui.message('186 new, 0 changed').getByTestId('action-import_confirm').click();
    await ui.message('186 new, 0 changed: patients.csv is imported').waitFor();
    await ui.find('thread-close').click();
  });

  step('2. a template is written, and shown as a real patient would get it', async () => {
    await ui.find('channel-general').click();
    await ui.types('/outreach template new');
    await ui.fills('template_name', 'Second dose');
    await ui.fills('template_text', TEXT);
    await ui.fills('template_replies', 'YES, NO');
    await ui.find('modal-submit').click();
    await ui.message('would get it').getByText('Hi Helen, Riverbend Community Clinic has your second dose.').waitFor();
  });

  step('3. a send counts its recipients; the sender’s own ✅ does not count, the reviewer’s does', async () => {
    await ui.types('/outreach send');
    await ui.find('input-send_template').locator('select').selectOption({ label: 'Second dose' });
    await ui.find('input-send_groups').getByTestId('action-input').click();
    await ui.page.getByText('2nd dose (').click();
    await ui.page.getByText('Seniors (').click();
    await ui.find('multi-done').click();
    await ui.find('modal-submit').click();
    const card = ui.message('115 patients would get');
    await card.getByText('2 left out: opted out (2)').waitFor();
    await ui.presses('campaign_send_now', card);
    await ui.find('confirm-yes').click();
    await ui.find('channel-outreach-approvals').click();
    await ui.reacts('white_check_mark', ui.message('asks for this send'));
    await ui.message('your ✅ does not count').waitFor();
    await ui.is('reviewer', 'outreach-approvals');
    await ui.reacts('white_check_mark', ui.message('asks for this send'));
    await ui.message('Approved').waitFor();
  });

  step('4. the phones receive, and the card counts up in place to done', async () => {
    await ui.is('sender', 'general');
    await ui.message('Done, 115 of 115 sent').getByText('115 delivered').waitFor({ timeout: 45_000 });
    // Two of the 115 share a phone.
    expect(await ui.page.locator('.phone-line').count()).toBe(114);
  });

  step('5. YES is counted; a question gets a thread, flagged 🟠', async () => {
    const phones = ui.page.locator('.phone-line');
    await phones.nth(0).click();
    await ui.find('text-in').getByText('your second dose').waitFor();
    await ui.find('quick-YES').click();
    await ui.message('Replies: 1 YES').waitFor();
    await ui.find('phone-back').click();
    await phones.nth(3).click();
    await ui.types('Is there parking? I come by wheelchair', 'phone-box');
    await ui.is('responder', 'outreach-replies');
    await ui.message('🟠').getByText('Is there parking?').first().waitFor();
  });

  step('6. the responder answers in the thread, the phone shows it, and the message gets ✅', async () => {
    await ui.message('Is there parking?').getByTestId('thread-link').click();
    await ui.types('Yes, two places by the door :wave:', 'thread-message-box');
    await ui.find('text-in').getByText('Yes, two places by the door 👋').waitFor();
    await ui.message('two places').getByTestId('reaction-white_check_mark').waitFor();
    await ui.find('guide-step-7').click();
  });

  step('7. the responses are listed, unexpected first, and given as a CSV', async () => {
    await ui.types('/outreach responses');
    const list = ui.message('2 replies').filter({ hasText: 'Only visible to you' });
    await list.getByText('1 expected').waitFor();
    const words = await list.innerText();
    expect(words.indexOf('Is there parking?')).toBeLessThan(words.lastIndexOf('YES'));
    await ui.presses('responses_download', list);
    await ui.find('channel-CareThread').click();
    const [download] = await Promise.all([ui.page.waitForEvent('download'), ui.find('file').click()]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('Is there parking?');
  });

  step('8. a phone texts STOP and gets nothing more', async () => {
    await ui.find('channel-outreach-replies').click();
    await ui.find('quick-STOP').click();
    await ui.message('Opted out: cannot be texted').waitFor();
    const before = await ui.find('text-in').count();
    await ui.types('One more thing', 'thread-message-box');
    await ui.message('One more thing').getByTestId('reaction-warning').waitFor();
    await ui.message('Not texted.').getByText('The patient has opted out').waitFor();
    // Twilio's own confirmation of STOP, and nothing else.
    expect((await ui.find('text-in').count()) - before).toBeLessThanOrEqual(1);
    expect(await ui.find('text-in').allInnerTexts()).not.toContain('One more thing');
  });

  test('and nothing went wrong unseen', () => {
    expect(ui.troubles).toEqual([]);
    expect(trial.errors()).toEqual([]);
  });
}
