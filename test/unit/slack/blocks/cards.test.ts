import type { Card } from '../../../../src/domain/cards/card';
import type { ImportCard } from '../../../../src/domain/cards/import-card';
import { CAMPAIGN_STATES } from '../../../../src/domain/campaign';
import { renderCard } from '../../../../src/slack/blocks/render-card';
import {
  approvalCard,
  AT,
  campaignCard,
  conversationCard,
  family,
  heldCard,
  importCard,
  lateCard,
  reminderCard,
  NONE,
  replyCard,
  runningCard,
  templateCard,
} from './examples';
import { expectMessage, readAloud } from './slack-check';

const say = (card: Card): string => {
  const message = renderCard(card);
  expectMessage(message);
  return readAloud(message.blocks);
};

describe('the card of an import', () => {
  const empty: ImportCard['summary'] = {
    rows: 0,
    new: 0,
    changed: 0,
    unchanged: 0,
    rejected: 0,
    duplicate: 0,
    optedOut: 0,
    leaving: 0,
    sharedNumbers: 0,
    shared: [],
    groups: [],
    reasons: [],
    warnings: [],
    changes: [],
  };

  test('says that the file is being read, and how far', () => {
    expect(say({ ...importCard, state: 'READING', summary: empty })).toMatchSnapshot();
    const half = say({ ...importCard, state: 'READING', progress: { rows: 51_200, percent: 49 } });
    expect(half).toContain('▓▓▓▓▓▓▓░░░░░░░░ 49 %  ·  51,200 rows read');
    expect(say({ ...importCard, state: 'READING', progress: { rows: 51_200, percent: null } })).not.toContain('%');
    expect(say({ ...importCard, state: 'APPLYING', percentSaved: 40 })).toContain('40 %');
    expect(say({ ...importCard, state: 'APPLYING', percentSaved: null })).not.toContain('%');
    expect(say({ ...importCard, state: 'UNDOING', percentSaved: 60 })).toMatch(
      /Taking back what patients.csv changed …\n.*60 %/,
    );
  });

  test('asks what the columns are', () => {
    const said = say({
      ...importCard,
      state: 'NEEDS_COLUMNS',
      summary: empty,
      questions: [
        { problem: 'NO_ID_COLUMN', role: null, columns: [] },
        { problem: 'AMBIGUOUS', role: 'phone', columns: ['Cell 1', 'Cell 2'] },
      ],
    });
    expect(said).toMatchSnapshot();
    expect(said).not.toContain('[The mobile number is the id]');
    const onlyId = say({
      ...importCard,
      state: 'NEEDS_COLUMNS',
      questions: [{ problem: 'NO_ID_COLUMN', role: null, columns: [] }],
    });
    expect(onlyId).toContain('[The mobile number is the id]');
  });

  test('says what would happen before anything is saved', () => {
    expect(say(importCard)).toMatchSnapshot();
  });

  test('has nothing to confirm when nothing would change', () => {
    const summary = { ...empty, rows: 200, unchanged: 197, rejected: 3, reasons: importCard.summary.reasons.slice(1) };
    const said = say({ ...importCard, summary });
    expect(said).toMatchSnapshot();
    expect(said).not.toContain('[Confirm]');
    expect(say({ ...importCard, summary: empty })).toContain('Nothing to do: the file holds no patients.');
  });

  test('counts patients who are in the file twice', () => {
    expect(say({ ...importCard, summary: { ...importCard.summary, duplicate: 2 } })).toContain('2 in the file twice');
  });

  test('asks the one who brought the file to delete it from Slack', () => {
    expect(say({ ...importCard, state: 'APPLIED', decidedBy: 'U0ADMIN1' })).toMatchSnapshot();
  });

  test('offers Undo while it can, and says what it put back and what it left alone', () => {
    expect(say({ ...importCard, state: 'APPLIED', undoUntil: new Date('2026-03-03T16:00:00Z') })).toContain('[Undo]');
    const undone = { by: 'U0ADMIN1', removed: 188, restored: 2, changedSince: 1, textedSince: 3 };
    expect(say({ ...importCard, state: 'UNDONE', undone })).toMatchSnapshot();
  });

  test.each(['APPLYING', 'UNDOING', 'CANCELED', 'UNDONE', 'REFUSED'] as const)('says that it is %s', (state) => {
    const problem = state === 'REFUSED' ? 'I find no column with mobile numbers.' : null;
    expect(say({ ...importCard, state, problem, decidedBy: 'U0ADMIN1' })).toMatchSnapshot();
  });
});

describe('the card of a template', () => {
  test('shows each text, the expected replies and what a patient would get', () => {
    expect(say(templateCard)).toMatchSnapshot();
  });

  test('says so when no answer is expected and nobody is there to show it for', () => {
    expect(say({ ...templateCard, variants: [], replies: [], preview: null, hints: [] })).toMatchSnapshot();
  });
});

describe('the card of a campaign', () => {
  test('says whom it would reach before it goes', () => {
    expect(say(campaignCard)).toMatchSnapshot();
  });

  test('is scheduled instead of sent when a time is set', () => {
    expect(say({ ...campaignCard, startAt: AT, approvalsNeeded: 2 })).toMatchSnapshot();
  });

  test('cannot be sent to nobody', () => {
    expect(say({ ...campaignCard, recipients: 0, segments: 0, cost: 0, minutes: 0, samples: [] })).toMatchSnapshot();
  });

  test('asks before it sends', () => {
    const { blocks } = renderCard({ ...campaignCard, approvalsNeeded: 0 });
    expect(JSON.stringify(blocks)).toContain('180 patients get this text. A text that is sent cannot be called back.');
  });

  test('counts while it goes', () => {
    expect(say(runningCard)).toMatchSnapshot();
  });

  test('says when the texting window opens', () => {
    const counts = { ...NONE, queued: 180 };
    const night = new Date('2026-03-04T13:00:00Z');
    expect(say({ ...campaignCard, state: 'RUNNING', counts, waitsUntil: night })).toMatchSnapshot();
  });

  test('says when it ends if texting closes in between, as the sender chose', () => {
    const ending = { at: new Date('2026-03-04T16:30:00Z'), left: 1500, hasBreak: true };
    const card = { ...runningCard, ending };
    expect(say(card)).toMatch(
      /62 texts a minute {2}· {2}ends about .*10:30 AM CST>, because texting closes in between/,
    );
    expect(say({ ...card, atClose: 'EXPIRE' })).toContain('texting closes before all of them got it');
  });

  test('says why it is paused', () => {
    expect(
      say({ ...runningCard, state: 'PAUSED', pausedReason: 'Twilio refuses the password. (Twilio 20003)' }),
    ).toMatchSnapshot();
  });

  test('says exactly what was sent at the end, and what was not', () => {
    const done = { ...NONE, delivered: 170, submitted: 3, undelivered: 2, failed: 1, skipped: 3, expired: 1 };
    const skips = [
      { why: 'opted out', count: 2 },
      { why: 'got another send lately', count: 1 },
    ];
    expect(say({ ...runningCard, state: 'DONE', counts: done, skips })).toMatchSnapshot();
    const canceled = { ...NONE, delivered: 110, submitted: 10, canceled: 60 };
    expect(say({ ...runningCard, state: 'CANCELED', counts: canceled })).toMatchSnapshot();
  });

  test.each(['AWAITING_APPROVAL', 'SCHEDULED', 'CANCELED', 'REJECTED', 'EXPIRED'] as const)(
    'says that it is %s',
    (state) => {
      expect(say({ ...campaignCard, state, startAt: state === 'SCHEDULED' ? AT : null })).toMatchSnapshot();
    },
  );
});

describe('the card for reviewers', () => {
  test('shows all that they need to decide', () => {
    expect(say(approvalCard)).toMatchSnapshot();
  });

  test.each(CAMPAIGN_STATES)('says what became of it: %s', (state) => {
    const decision = state === 'REJECTED' ? ('REJECT' as const) : ('APPROVE' as const);
    const decisions = [{ user: 'U0REVIEWER1', decision, at: AT, counts: true }];
    const rejected = state === 'REJECTED' ? { by: 'U0REVIEWER1', why: 'The phone number in it is wrong.' } : null;
    const counts = state === 'DONE' ? { ...NONE, delivered: 180 } : NONE;
    const [title, outcome, more] = say({ ...approvalCard, state, decisions, rejected, counts }).split('\n');
    expect([title, outcome, state === 'REJECTED' ? more : '']).toMatchSnapshot();
  });
});

describe('the head of a conversation', () => {
  test('names everybody on the number and quotes the newest reply', () => {
    expect(say(conversationCard)).toMatchSnapshot();
  });

  test('says that nobody can be texted who opted out', () => {
    const said = say({ ...conversationCard, optedOut: true });
    expect(said).toMatchSnapshot();
    expect(said).not.toContain('[Opt out]');
  });

  test('says who has it, and that it is done', () => {
    expect(say({ ...conversationCard, state: 'WAITING', takenBy: 'U0RESPONDER1' })).toMatchSnapshot();
    expect(say({ ...conversationCard, state: 'RESOLVED', takenBy: 'U0RESPONDER1' })).toMatchSnapshot();
  });

  test('stands for a number that nobody knows', () => {
    const unknown = { who: [], groups: [], languages: [], campaign: null, reply: null };
    expect(say({ ...conversationCard, ...unknown })).toMatchSnapshot();
  });
});

describe('what staff are asked in a thread', () => {
  test('a text outside texting hours: held by default, and a way to send it now', () => {
    expect(say(heldCard)).toMatchSnapshot();
    expect(say({ ...heldCard, keptBy: 'U0RESPONDER1' })).toMatchSnapshot();
    expect(say({ ...heldCard, opens: null })).toMatchSnapshot();
    const sentNow = { by: 'U0ADMIN1', reason: 'results *came* in' };
    expect(say({ ...heldCard, state: 'gone', sentNow })).toMatchSnapshot();
    expect(say({ ...heldCard, state: 'ended' })).toMatchSnapshot();
  });

  test('a message from while the app was down: Send or Don’t', () => {
    expect(say(lateCard)).toMatchSnapshot();
    expect(say({ ...lateCard, decision: 'dropped', decidedBy: 'U0ADMIN1' })).toMatchSnapshot();
  });

  test('replies that nobody has taken, and which of a family it is', () => {
    expect(say(reminderCard)).toMatchSnapshot();
    expect(say({ ...conversationCard, ...family })).toMatchSnapshot();
  });

  test('an emergency calls whoever is on call', () => {
    expect(say({ ...replyCard, replyClass: 'urgent', onCall: 'S0ONCALL' })).toContain('<!subteam^S0ONCALL>');
    expect(say({ ...replyCard, replyClass: 'unexpected', onCall: 'S0ONCALL' })).not.toContain('S0ONCALL');
  });
});

describe('a reply in its thread', () => {
  test('shows the text as typed, and why it is flagged', () => {
    expect(say(replyCard)).toMatchSnapshot();
  });

  test.each([
    ['urgent', null, 'holds the emergency word “chest pain”'],
    ['expected', 'YES', 'matched “yes” as YES'],
    ['opt_out', null, 'asks for no more texts: “stop”'],
    ['help', null, null],
    [null, null, null],
  ])('is marked by its class: %s', (replyClass, answer, why) => {
    expect(say({ ...replyCard, replyClass, answer, why, text: 'text' })).toMatchSnapshot();
  });

  test('counts pictures, and needs no words beside them', () => {
    expect(say({ ...replyCard, text: '', mediaCount: 2, why: 'has no words' })).toMatchSnapshot();
  });

  test('keeps the whole of a long text', () => {
    const text = 'word '.repeat(320);
    const { blocks } = renderCard({ ...replyCard, text });
    expect(readAloud(blocks)).toContain(text.trim());
  });
});

test('a note mentions staff and nothing else', () => {
  expect(say({ kind: 'note', text: '⚠️ <@U0SENDER1> Not texted. “<!channel>” *no*' })).toMatchSnapshot();
});

test.each([
  ['https://a.example/a%20b?c=1&d=2', '<https://a.example/a%20b?c=1&amp;d=2|the file>'],
  ['https://a.example/a|b>c', '<https://a.example/a%7Cb%3Ec|the file>'],
  ['javascript:alert(1)', 'delete the file from Slack'],
])('links to %s as it is, and to nothing else', (filePermalink, expected) => {
  expect(renderCard({ ...importCard, state: 'APPLIED', filePermalink }).text).toContain(expected);
});
