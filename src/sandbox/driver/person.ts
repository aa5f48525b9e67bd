import type {
  AckAnswer,
  SandboxFile,
  SandboxMessage,
  SandboxView,
  SayAnswer,
  SlackState,
  SubmitAnswer,
} from '../contract';
import { blocksOf, buttonsIn, fieldsIn, fill, type FieldValue, menuWith, wordsIn, wordsOf } from './blocks';
import { getJson, postJson, until } from './http';

export interface UploadedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** One member of the staff, at their Slack. */
export class Person {
  constructor(
    private readonly address: string,
    readonly id: string,
  ) {}

  /** What their Slack shows now. */
  sees(): Promise<SlackState> {
    return getJson(`${this.control}/state?user=${this.id}`);
  }

  get direct(): string {
    return this.id.replace(/^U/, 'D');
  }

  async types(text: string, channel = this.direct): Promise<AckAnswer> {
    const [command = '', ...words] = text.split(' ');
    const answer = await postJson<AckAnswer>(`${this.control}/command`, {
      user: this.id,
      channel,
      command,
      text: words.join(' '),
    });
    if (!answer.ok) throw new Error(`“${text}”: the app did not respond (${answer.status} ${answer.error ?? ''})`);
    return answer;
  }

  async says(text: string, where: { channel: string; threadTs?: string; broadcast?: boolean }): Promise<string> {
    const { ts } = await postJson<SayAnswer>(`${this.control}/message`, { user: this.id, text, ...where });
    return ts;
  }

  async drops(file: UploadedFile, channel: string): Promise<SayAnswer> {
    const files = [{ name: file.name, mimetype: 'text/csv', base64: file.content.toString('base64') }];
    return postJson(`${this.control}/message`, { user: this.id, text: '', channel, files });
  }

  /** A file that is in Slack already, once more: it keeps its id. */
  async sharesAgain({ id }: Pick<SandboxFile, 'id'>, channel: string): Promise<SayAnswer> {
    return postJson(`${this.control}/message`, { user: this.id, text: '', channel, files: [{ id }] });
  }

  async uploads(file: UploadedFile): Promise<SandboxFile> {
    const { name, content } = file;
    const body = { user: this.id, name, mimetype: 'text/csv', base64: content.toString('base64') };
    const answer = await postJson<SandboxFile & { file?: SandboxFile }>(`${this.control}/upload`, body);
    return answer.file ?? answer;
  }

  async reacts(name: string, message: SandboxMessage, remove = false): Promise<void> {
    await postJson(`${this.control}/reaction`, {
      user: this.id,
      channel: message.channel,
      ts: message.ts,
      name,
      remove,
    });
  }

  /** Presses a button of a message as this person last saw it; the card may have been updated since. */
  async presses(label: string, message: SandboxMessage): Promise<AckAnswer> {
    const buttons = buttonsIn(message.blocks);
    const button = buttons.find((candidate) => candidate.label === label);
    if (!button) throw new Error(`there is no button “${label}” in:\n${wordsOf(message)}`);
    const { channel, ts } = message;
    const { actionId, blockId } = button;
    // Slack names a block anew with each update: the block is told only where the action alone does not say which.
    const isOneOfSeveral = buttons.filter((candidate) => candidate.actionId === actionId).length > 1;
    const where = isOneOfSeveral ? { channel, ts, blockId } : { channel, ts };
    return postJson(`${this.control}/action`, { user: this.id, actionId, ...where });
  }

  /** Chooses an option of a menu in a message, by the option's words. */
  async chooses(words: string, message: SandboxMessage): Promise<AckAnswer> {
    const { channel, ts } = message;
    const { actionId, blockId, choice } = menuWith(message.blocks, words);
    return postJson(`${this.control}/action`, { user: this.id, actionId, blockId, channel, ts, choice });
  }

  /** What a file holds that was posted. */
  async opens(file: SandboxFile): Promise<Buffer> {
    const answer = await fetch(new URL(file.controlUrl, this.address));
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Changes what this person wrote. */
  async edits({ channel, ts }: Pick<SandboxMessage, 'channel' | 'ts'>, text: string): Promise<void> {
    await postJson(`${this.control}/message/edit`, { user: this.id, channel, ts, text });
  }

  async deletes({ channel, ts }: Pick<SandboxMessage, 'channel' | 'ts'>): Promise<void> {
    await postJson(`${this.control}/message/delete`, { user: this.id, channel, ts });
  }

  /** The topmost modal, once there is one. */
  modal(): Promise<SandboxView> {
    return until('a modal', async () => (await this.sees()).modals.at(-1));
  }

  async submits(answers: Readonly<Record<string, FieldValue>>): Promise<SubmitAnswer> {
    const { id, view } = await this.formWith(Object.keys(answers));
    return postJson(`${this.control}/view/submit`, { user: this.id, viewId: id, values: fill(view, answers) });
  }

  /** The topmost modal, once it asks for all of these: the one before it may still stand there, or one that is loading. */
  private formWith(labels: readonly string[]): Promise<SandboxView> {
    return until(`a form with ${labels.join(', ')}`, async () => {
      const modal = (await this.sees()).modals.at(-1);
      const fields = modal && fieldsIn(modal.view);
      return fields && labels.every((label) => fields.has(label)) && modal;
    });
  }

  /** Presses a button of the topmost modal; what was typed into its fields before comes along, as in Slack. */
  async pressesInModal(label: string, typed: Readonly<Record<string, FieldValue>> = {}): Promise<AckAnswer> {
    const { id, view } = await this.modal();
    const button = buttonsIn(blocksOf(view)).find((candidate) => candidate.label === label);
    if (!button) throw new Error(`there is no button “${label}” in:\n${wordsIn(view)}`);
    const { actionId, blockId } = button;
    const values = fill(view, typed);
    return postJson(`${this.control}/action`, { user: this.id, viewId: id, actionId, blockId, values });
  }

  /** Chooses in a menu of the topmost modal that tells the app at once; it is found by one of its options. */
  async choosesInModal(option: string): Promise<AckAnswer> {
    const { id, view } = await this.modal();
    const { actionId, blockId, choice } = menuWith(blocksOf(view), option);
    return postJson(`${this.control}/action`, { user: this.id, viewId: id, actionId, blockId, choice });
  }

  /** Types into a field of the topmost modal that tells the app while one types. */
  async typesInModal(label: string, value: string): Promise<AckAnswer> {
    const { id, view } = await this.modal();
    const [[blockId, actions] = ['', {}]] = Object.entries(fill(view, { [label]: value }));
    const [actionId = ''] = Object.keys(actions);
    return postJson(`${this.control}/action`, { user: this.id, viewId: id, actionId, blockId, choice: { value } });
  }

  async opensHome(): Promise<SandboxView> {
    await postJson(`${this.control}/home`, { user: this.id });
    return until('the Home tab', async () => (await this.sees()).home);
  }

  /** A message that this person sees and that holds these words; the newest one. */
  reads(
    words: string | RegExp,
    options: { channel?: string; threadTs?: string; timeoutMs?: number } = {},
  ): Promise<SandboxMessage> {
    const { channel, threadTs, timeoutMs } = options;
    const fits = (message: SandboxMessage): boolean => {
      const text = wordsOf(message);
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    };
    const look = async (): Promise<SandboxMessage | undefined> =>
      (await this.sees()).messages.findLast(
        (message) =>
          !message.deleted &&
          (channel === undefined || message.channel === channel) &&
          (threadTs === undefined || message.threadTs === threadTs) &&
          fits(message),
      );
    return until(`a message with ${String(words)}`, look, timeoutMs);
  }

  /** A message as it is now: cards are updated in place. */
  async again({ channel, ts }: Pick<SandboxMessage, 'channel' | 'ts'>): Promise<SandboxMessage> {
    const found = (await this.sees()).messages.find((message) => message.channel === channel && message.ts === ts);
    if (!found) throw new Error(`there is no message ${ts} any more`);
    return found;
  }

  private get control(): string {
    return `${this.address}/slack/control`;
  }
}
