import fc from 'fast-check';
import {
  approvalStatus,
  approvalsNeeded,
  CAMPAIGN_EVENTS,
  CAMPAIGN_STATES,
  canTransition,
  ContentHash,
  isFinal,
  transition,
  whyNotCounted,
  type ApprovalStatus,
  type CampaignTexts,
  type CampaignEvent,
  type CampaignState,
  type Reaction,
} from '../../../src/domain/campaign';
import { AppError } from '../../../src/domain/errors';

const attempt = (state: CampaignState, event: CampaignEvent, approval?: ApprovalStatus): CampaignState | AppError => {
  try {
    return transition(state, event, approval);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};

const sends: readonly CampaignState[] = ['SCHEDULED', 'RUNNING'];
const event = fc.constantFrom(...CAMPAIGN_EVENTS);

describe('a campaign', () => {
  test('that needs approval never gets from a draft to sending while it is not approved', () => {
    const steps = fc.array(fc.tuple(event, fc.constantFrom<ApprovalStatus>('waiting', 'rejected')), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (path) => {
        let state: CampaignState = 'DRAFT';
        for (const [happens, approval] of path) {
          const next = attempt(state, happens, approval);
          if (!(next instanceof AppError)) state = next;
          expect(sends).not.toContain(state);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('begins only in a moment in which it is approved, whatever was before', () => {
    const begun: readonly CampaignState[] = ['RUNNING', 'PAUSED', 'DONE'];
    const approvals = fc.constantFrom<ApprovalStatus>('waiting', 'rejected', 'approved');
    fc.assert(
      fc.property(fc.array(fc.tuple(event, approvals), { maxLength: 40 }), (path) => {
        let state: CampaignState = 'DRAFT';
        for (const [happens, approval] of path) {
          const next = attempt(state, happens, approval);
          if (next instanceof AppError) continue;
          if (!begun.includes(state) && begun.includes(next)) expect(approval).toBe('approved');
          state = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('counts as not approved when nobody says that it is', () => {
    expect(attempt('DRAFT', 'start')).toMatchObject({ code: 'CAMPAIGN_NOT_APPROVED' });
    expect(attempt('AWAITING_APPROVAL', 'schedule')).toMatchObject({ code: 'CAMPAIGN_NOT_APPROVED' });
  });

  test('whose approval was taken back before its time does not start', () => {
    expect(transition('SCHEDULED', 'withdraw')).toBe('AWAITING_APPROVAL');
    expect(attempt('SCHEDULED', 'start', 'waiting')).toMatchObject({ code: 'CAMPAIGN_NOT_APPROVED' });
  });

  test('that is changed loses its place, and has to be released anew', () => {
    for (const state of ['AWAITING_APPROVAL', 'SCHEDULED', 'REJECTED', 'EXPIRED'] as const) {
      expect(transition(state, 'change')).toBe('DRAFT');
    }
    expect(attempt('RUNNING', 'change', 'approved')).toMatchObject({ code: 'CAMPAIGN_WRONG_STATE' });
  });

  test.each<[readonly CampaignEvent[], CampaignState]>([
    [['start', 'finish'], 'DONE'],
    [['ask_for_approval', 'schedule', 'start', 'pause', 'resume', 'finish'], 'DONE'],
    [['ask_for_approval', 'reject', 'change', 'ask_for_approval', 'start'], 'RUNNING'],
    [['ask_for_approval', 'expire'], 'EXPIRED'],
    [['schedule', 'cancel'], 'CANCELED'],
    [['start', 'pause', 'finish'], 'DONE'],
  ])('lives through %j to %s', (events, end) => {
    expect(events.reduce<CampaignState>((state, happens) => transition(state, happens, 'approved'), 'DRAFT')).toBe(end);
  });

  test('that is done or canceled stays so', () => {
    for (const state of CAMPAIGN_STATES.filter(isFinal)) {
      for (const happens of CAMPAIGN_EVENTS) {
        expect(attempt(state, happens, 'approved')).toMatchObject({ code: 'CAMPAIGN_WRONG_STATE' });
      }
    }
  });

  test('can always be ended by somebody, and every state can be reached', () => {
    const reached = new Set<CampaignState>(['DRAFT']);
    for (const state of reached) {
      for (const happens of CAMPAIGN_EVENTS.filter((one) => canTransition(state, one))) {
        reached.add(transition(state, happens, 'approved'));
      }
      expect(isFinal(state) || canTransition(state, 'cancel')).toBe(true);
    }
    expect([...reached].sort()).toEqual([...CAMPAIGN_STATES].sort());
  });

  test('says in words why something cannot be done, and what can', () => {
    expect(attempt('DONE', 'pause')).toMatchObject({
      userMessage: 'This send cannot be paused: it is done. Start a new send.',
    });
    for (const state of CAMPAIGN_STATES) {
      for (const happens of CAMPAIGN_EVENTS) {
        const refused = attempt(state, happens);
        if (refused instanceof AppError) expect(refused.userMessage).toMatch(/^[^_]+\. [A-Z][^_]+\.$/);
      }
    }
  });
});

test.each([
  [0, 0],
  [99, 0],
  [100, 1],
  [24_999, 1],
  [25_000, 2],
  [1_000_000, 2],
])('%d recipients need %d approvals', (recipients, needed) => {
  expect(approvalsNeeded(recipients, { approvalThreshold: 100, largeSendThreshold: 25_000 })).toBe(needed);
});

describe('approval', () => {
  const reviewers = new Set(['R1', 'R2', 'R3']);
  const yes = (...users: string[]): Reaction[] => users.map((user) => ({ user, kind: 'approve' }));
  const no = (user: string): Reaction => ({ user, kind: 'reject' });
  const status = (needed: 0 | 1 | 2, reactions: readonly Reaction[], requestedBy = 'S1'): ApprovalStatus =>
    approvalStatus({ needed, requestedBy, reactions, reviewers });

  test('is by a reviewer other than the requester', () => {
    expect(status(1, yes('R1'))).toBe('approved');
    expect(status(1, yes('X9'))).toBe('waiting');
    expect(status(1, yes('S1'))).toBe('waiting');
    expect(status(1, yes('R1'), 'R1')).toBe('waiting');
    expect(status(1, yes('R1', 'R2'), 'R1')).toBe('approved');
  });

  test('of a large send is by two of them, not by one twice', () => {
    expect(status(2, yes('R1'))).toBe('waiting');
    expect(status(2, yes('R1', 'R1'))).toBe('waiting');
    expect(status(2, yes('R1', 'R2'))).toBe('approved');
  });

  test('is refused by one reviewer, whatever others say; not by the requester or a stranger', () => {
    expect(status(1, [...yes('R1', 'R2'), no('R3')])).toBe('rejected');
    expect(status(1, [...yes('R1'), no('R1')])).toBe('rejected');
    expect(status(1, [...yes('R1'), no('S1'), no('X9')])).toBe('approved');
  });

  test('is not needed for a small send', () => {
    expect(status(0, [])).toBe('approved');
  });

  test('depends on nobody but reviewers, and a ✅ more never undoes it', () => {
    const user = fc.constantFrom('R1', 'R2', 'R3', 'S1', 'X9');
    const reaction = fc.record({ user, kind: fc.constantFrom<'approve' | 'reject'>('approve', 'reject') });
    const given = fc.record({ needed: fc.constantFrom<1 | 2>(1, 2), requestedBy: user, reactions: fc.array(reaction) });
    fc.assert(
      fc.property(given, ({ needed, requestedBy, reactions }) => {
        const now = approvalStatus({ needed, requestedBy, reactions, reviewers });
        const counted = reactions.filter((one) => whyNotCounted(one, { requestedBy, reviewers }) === undefined);
        expect(approvalStatus({ needed, requestedBy, reactions: counted, reviewers })).toBe(now);
        expect(new Set(counted.map((one) => one.user)).size >= needed || now !== 'approved').toBe(true);
        const more = approvalStatus({ needed, requestedBy, reactions: [...reactions, ...yes('R1')], reviewers });
        if (now !== 'waiting') expect(more).toBe(now);
      }),
    );
  });

  test('tells those who do not count why, and what to do', () => {
    const why = (reaction: Reaction, requestedBy = 'S1'): string | undefined =>
      whyNotCounted(reaction, { requestedBy, reviewers });
    expect(why({ user: 'R1', kind: 'approve' })).toBeUndefined();
    expect(why({ user: 'R1', kind: 'approve' }, 'R1')).toBe(
      'You asked for this send, so your ✅ does not count. A reviewer other than you has to approve it.',
    );
    expect(why({ user: 'S1', kind: 'reject' })).toMatch(/press Cancel/);
    expect(why({ user: 'X9', kind: 'approve' })).toMatch(/you are not a reviewer.*REVIEWERS/);
  });
});

interface Content extends CampaignTexts {
  readonly recipients: readonly { patientId: number; phone: string; textKey: string }[];
}

const hashOf = ({ recipients, ...texts }: Content): string => {
  const hash = new ContentHash(texts);
  hash.add(recipients);
  return hash.digest();
};

describe('the hash of what was approved', () => {
  const content: Content = {
    variants: { en: 'Hi {{ first_name }}', es: 'Hola {{ first_name }}' },
    autoAnswers: { YES: 'See you' },
    recipients: [
      { patientId: 1, phone: '+13125550101', textKey: 'a' },
      { patientId: 2, phone: '+13125550102', textKey: 'b' },
    ],
  };

  test('is the same whatever the order of the texts, and in however many pieces recipients come', () => {
    const { variants, recipients } = content;
    const turned = Object.fromEntries(Object.entries(variants).reverse());
    expect(hashOf({ ...content, variants: turned })).toBe(hashOf(content));
    expect(hashOf(content)).toMatch(/^[0-9a-f]{64}$/);
    const piecewise = new ContentHash(content);
    for (const one of recipients) piecewise.add([one]);
    expect(piecewise.digest()).toBe(hashOf(content));
  });

  test('is another for any change of a text, an automatic answer or a recipient', () => {
    const [first, ...others] = content.recipients;
    const changed: readonly Content[] = [
      { ...content, variants: { ...content.variants, en: 'Hi {{ first_name }}.' } },
      { ...content, variants: { en: content.variants.en ?? '' } },
      { ...content, variants: { en: content.variants.es ?? '', es: content.variants.en ?? '' } },
      { ...content, autoAnswers: { NO: 'See you' } },
      { ...content, autoAnswers: {} },
      { ...content, recipients: others },
      { ...content, recipients: [...content.recipients, { patientId: 3, phone: '+13125550103', textKey: 'c' }] },
      { ...content, recipients: [{ ...first!, phone: '+13125550109' }, ...others] },
      { ...content, recipients: [{ ...first!, textKey: 'z' }, ...others] },
    ];
    expect(new Set([content, ...changed].map(hashOf)).size).toBe(changed.length + 1);
  });

  test('cannot be made the same by clever texts', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab",[]\n:'), maxLength: 6 });
    const variants = fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true });
    const one = fc.record({ patientId: fc.nat(3), phone: text, textKey: text });
    const any = fc.record({ variants, autoAnswers: variants, recipients: fc.array(one, { maxLength: 3 }) });
    const canonical = ({ variants: texts, autoAnswers, recipients: people }: Content): string =>
      JSON.stringify([
        Object.entries(texts).sort(),
        Object.entries(autoAnswers ?? {}).sort(),
        people.map(({ patientId, phone, textKey }) => [patientId, phone, textKey]),
      ]);
    fc.assert(
      fc.property(any, any, (left, right) => {
        expect(hashOf(left) === hashOf(right)).toBe(canonical(left) === canonical(right));
      }),
    );
  });
});
