import type { Json } from '../model';
export interface MessageContent {
  readonly text: string | undefined;
  readonly markdownText: string | undefined;
  readonly blocks: Json[] | undefined;
  readonly attachments: Json[] | undefined;
  readonly metadata: Json | undefined;
}
export const checkMessage = (_content: MessageContent): void => {};
