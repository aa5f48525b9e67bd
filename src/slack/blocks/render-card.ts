import type { KnownBlock } from '@slack/types';
import type { Card } from '../../domain/cards/card';
import { approvalBlocks } from './approval-card';
import { campaignBlocks } from './campaign-card';
import { conversationBlocks } from './conversation-card';
import { heldBlocks } from './held-card';
import { importBlocks } from './import-card';
import { lateBlocks } from './late-card';
import { message } from './message';
import type { Message } from './message';
import { noteBlocks } from './note-card';
import { reminderBlocks } from './reminder-card';
import { replyBlocks } from './reply-card';
import { staffTextBlocks } from './staff-text-card';
import { summaryBlocks } from './summary-card';
import { templateBlocks } from './template-card';
import { templateReviewBlocks } from './template-review-card';
import { testBlocks } from './test-card';

/** A card as Slack takes it. `text` says everything that the blocks say. */
export const renderCard = (card: Card): Message => message(blocksOf(card));

const blocksOf = (card: Card): KnownBlock[] => {
  switch (card.kind) {
    case 'import':
      return importBlocks(card);
    case 'template':
      return templateBlocks(card);
    case 'template_review':
      return templateReviewBlocks(card);
    case 'test':
      return testBlocks(card);
    case 'campaign':
      return campaignBlocks(card);
    case 'approval':
      return approvalBlocks(card);
    case 'conversation':
      return conversationBlocks(card);
    case 'reply':
      return replyBlocks(card);
    case 'summary':
      return summaryBlocks(card);
    case 'held':
      return heldBlocks(card);
    case 'late':
      return lateBlocks(card);
    case 'staff-text':
      return staffTextBlocks(card);
    case 'reminder':
      return reminderBlocks(card);
    case 'note':
      return noteBlocks(card);
  }
};
