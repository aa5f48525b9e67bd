import type { Card } from '../../domain/cards/card';
import { approvalCard, campaignCard } from '../campaigns/campaign-cards';
import { summaryCard } from '../campaigns/summarize-campaign';
import { conversationCard, replyCard } from '../conversations/conversation-cards';
import { heldCard, lateCard, movedCard, reminderCard, staffTextCard } from '../conversations/thread-cards';
import { importCard } from '../patients/import-card';
import type { Ports } from '../ports';
import { MOVED_REQUEST } from './requests';
import { templateReviewCard } from '../templates/review-template';
import { templateCard } from '../templates/template-card';
import { testCard } from '../templates/test-card';

interface Shown {
  readonly kind: string;
  readonly ref: number;
  readonly channel: string;
  readonly body: string | null;
}

/** Gathers what a post shows, as it is now. Null when there is nothing to show any more. */
export async function cardOf(ports: Ports, post: Shown): Promise<Card | null> {
  switch (post.kind) {
    case 'note':
      return { kind: 'note', text: post.body ?? '' };
    case 'import':
      return importCard(ports, post.ref);
    case 'template':
      return templateCard(ports, post.ref);
    case 'template_review':
      return templateReviewCard(ports, post.ref);
    case 'test':
      return testCard(ports, post.ref);
    case 'campaign':
      return campaignCard(ports, post.ref);
    case 'summary':
      return summaryCard(ports, post.ref);
    case 'approval':
      return approvalCard(ports, post.ref);
    case 'conversation':
      return conversationCard(ports, post.ref);
    case 'reply':
      return replyCard(ports, post.ref);
    case 'held':
      return heldCard(ports, post.ref, post.body);
    case 'staff-text':
      return staffTextCard(ports, post.ref);
    case 'late':
      return lateCard(post.channel, post.body ?? '{}');
    case 'reminder':
      return reminderCard(ports, post.body ?? '{}');
    case MOVED_REQUEST:
      return { kind: 'note', text: `➡️ This request goes on in <#${post.body ?? ''}>. React there.` };
    case 'moved':
      return movedCard(ports, post.ref, post.body ?? '');
    default:
      return null;
  }
}
