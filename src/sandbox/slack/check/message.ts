/** A message's contents, as chat.postMessage, chat.update, a response_url and a command's acknowledgement take them. */
import { SlackError } from '../errors';
import type { Json } from '../model';
import { brokenLimits } from './limits';
import { brokenRules } from './rules';
import type { Surface } from './rules';
import { explanation, explanations, surfaceValidator } from './schemas';

export interface MessageContent {
  readonly text: string | undefined;
  readonly markdownText: string | undefined;
  readonly blocks: Json[] | undefined;
  readonly attachments: Json[] | undefined;
  readonly metadata: Json | undefined;
}

const MOST_BLOCKS = 50;
const MOST_ATTACHMENTS = 100;
/** Not documented; met by many. Slack measures all the blocks together. */
const LONGEST_BLOCKS = 13_200;
const LONGEST_MARKDOWN = 12_000;

/** Every fault of the blocks, in Slack's words. */
export const blockFaults = (blocks: readonly Json[], pointer: string, surface: Surface): string[] => {
  const validator = surfaceValidator('KnownBlock');
  const shapes = blocks.flatMap((block, index) =>
    validator(block) ? [] : explanations(validator, `${pointer}/${index}`),
  );
  // The rest presumes the right shape.
  return shapes.length > 0 ? shapes : [...brokenLimits(blocks, pointer), ...brokenRules(blocks, pointer, surface)];
};

const textLength = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [field, one]) => sum + (field === 'text' && typeof one === 'string' ? one.length : textLength(one)),
    0,
  );
};

const checkBlocks = (blocks: readonly Json[]): void => {
  if (blocks.length > MOST_BLOCKS) {
    throw new SlackError('invalid_blocks', [explanation(`no more than ${MOST_BLOCKS} items allowed`, '/blocks')]);
  }
  const faults = blockFaults(blocks, '/blocks', 'message');
  if (faults.length > 0) throw new SlackError('invalid_blocks', faults, { errors: faults });
  if (textLength(blocks) > LONGEST_BLOCKS) throw new SlackError('msg_blocks_too_long');
};

const checkAttachments = (attachments: readonly Json[]): void => {
  if (attachments.length > MOST_ATTACHMENTS) throw new SlackError('too_many_attachments');
  const validator = surfaceValidator('MessageAttachment');
  attachments.forEach((attachment, index) => {
    const { blocks, ...rest } = attachment;
    if (Array.isArray(blocks)) checkBlocks(blocks as Json[]);
    if (!validator(rest)) {
      throw new SlackError('invalid_attachments', explanations(validator, `/attachments/${index}`));
    }
  });
};

const checkMetadata = (metadata: Json): void => {
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    throw new SlackError('invalid_metadata_format', [
      explanation('event_type and event_payload are needed', '/metadata'),
    ]);
  }
};

/** Throws invalid_blocks, msg_blocks_too_long, invalid_attachments, … */
export const checkMessage = (content: MessageContent): void => {
  const { markdownText, text, blocks, attachments, metadata } = content;
  if ((markdownText?.length ?? 0) > LONGEST_MARKDOWN) throw new SlackError('msg_too_long');
  if (markdownText !== undefined && (blocks !== undefined || text !== markdownText)) {
    throw new SlackError('markdown_text_conflict');
  }
  if (blocks !== undefined) checkBlocks(blocks);
  if (attachments !== undefined) checkAttachments(attachments);
  if (metadata !== undefined) checkMetadata(metadata);
};
