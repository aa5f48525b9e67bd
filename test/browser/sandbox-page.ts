import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { CHROMIUM_ARGS } from './chromium';

const SCREENSHOTS = process.env.SCREENSHOTS ?? '';

/** The sandbox's page, by mouse and keyboard. */
export class SandboxPage {
  /** What no page should have: scripts that threw, calls that were refused. */
  readonly troubles: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('response', (answer) => {
      if (answer.status() >= 400) this.troubles.push(`${answer.status()} ${answer.url()}`);
    });
  }

  static async open(executablePath: string, address: string): Promise<SandboxPage> {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(15_000);
    const opened = new SandboxPage(browser, page);
    await page.goto(address);
    return opened;
  }

  close = (): Promise<void> => this.browser.close();

  find = (testId: string): Locator => this.page.getByTestId(testId);

  /** The newest message that holds these words; of an open thread, the one in the thread. */
  message = (words: string | RegExp): Locator => this.find('message').filter({ hasText: words }).last();

  async is(role: 'sender' | 'reviewer' | 'responder' | 'admin', channel: string): Promise<void> {
    await this.find(`user-${role}`).click();
    await this.find(`channel-${channel}`).click();
  }

  async types(text: string, box = 'message-box'): Promise<void> {
    await this.find(box).click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async fills(block: string, text: string): Promise<void> {
    await this.find(`input-${block}`).locator('input, textarea').fill(text);
  }

  presses = (actionId: string, within: Locator): Promise<void> => within.getByTestId(`action-${actionId}`).click();

  async reacts(emoji: string, message: Locator): Promise<void> {
    await message.hover();
    await message.getByTestId(`react-${emoji}`).click();
  }

  /** As if dragged from a folder of the computer. */
  async drops(name: string, content: Buffer): Promise<void> {
    const file = JSON.stringify({ name, base64: content.toString('base64') });
    const dataTransfer = await this.page.evaluateHandle(`(() => {
      const { name, base64 } = ${file};
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: 'text/csv' }));
      return transfer;
    })()`);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.find('drop-zone').dispatchEvent(type, { dataTransfer });
    }
    await this.find('attached-file').waitFor();
    await this.find('send').click();
  }

  async picksUp(phone: string): Promise<void> {
    const back = this.find('phone-back');
    if (await back.isVisible()) await back.click();
    await this.find(phone).click();
  }

  /** Only where SCREENSHOTS names a folder. */
  async shows(name: string): Promise<void> {
    if (SCREENSHOTS === '') return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }
}
