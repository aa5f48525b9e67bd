/** What an AppError says, to whom. */
export interface AppErrorTexts {
  /** For the log: ids and codes only; never a name, a number or a text. */
  readonly message: string;
  /** For staff, in plain words: why it was refused and what to do. */
  readonly userMessage: string;
}

/**
 * A refusal that was foreseen. Everything else that is thrown is a fault, and staff see only a reference id of it.
 *
 * `code` is SCREAMING_SNAKE_CASE and stable: tests, metrics and callers tell errors apart by it, never by their words.
 */
export class AppError extends Error {
  readonly code: string;
  readonly userMessage: string;

  constructor(code: string, { message, userMessage }: AppErrorTexts) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.userMessage = userMessage;
  }
}
