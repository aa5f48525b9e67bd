import fc from 'fast-check';
import { CAMPAIGN_STATES } from '../../../../src/domain/campaign';
import type { Card } from '../../../../src/domain/cards/card';
import { libraryForm } from '../../../../src/slack/blocks/forms/library-form';
import { previewForm } from '../../../../src/slack/blocks/forms/preview-form';
import { sendForm } from '../../../../src/slack/blocks/forms/send-form';
import { templateForm } from '../../../../src/slack/blocks/forms/template-form';
import { homeView } from '../../../../src/slack/blocks/home';
import { groupQuestionBlocks, groupsBlocks } from '../../../../src/slack/blocks/groups';
import { helpBlocks, templatesBlocks } from '../../../../src/slack/blocks/lists';
import { statusBlocks } from '../../../../src/slack/blocks/status-list';
import { renderCard } from '../../../../src/slack/blocks/render-card';
import { historyBlocks } from '../../../../src/slack/blocks/template-history';
import { responsesBlocks } from '../../../../src/slack/blocks/responses';
import {
  approvalCard,
  AT,
  campaignCard,
  conversationCard,
  homePage,
  heldCard,
  importCard,
  lateCard,
  reminderCard,
  staffTextCard,
  replyCard,
  responsesPage,
  runningCard,
  templateCard,
  templateHistory,
  templatePreview,
  templateReviewCard,
  testCard,
} from './examples';
import { expectMessage, expectView } from './slack-check';
import { naughtyStrings } from '../../../support/naughty';

/** Whatever people, patients and files bring: it stays within Slack's limits, and does nothing. */

const naughty = naughtyStrings;

const MARKUP = [
  '<!channel>',
  '<@U0ADMIN1>',
  '<#C0REPLIES>',
  '<https://a.example|b>',
  '*_~`',
  '&lt;!here&gt;',
  '|',
  '>',
  '\n',
];

/** Slack's own signs in any order, the naughty strings, any characters, and all of it far too long. */
const text = fc.oneof(
  fc.constantFrom<string>(...naughty),
  fc
    .array(fc.oneof(fc.constantFrom(...MARKUP), fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom('a', '&', '<', '👩‍👩‍👧', '*', ' ', '\n', '\ud83d'), fc.integer({ min: 1, max: 20_000 }))
    .map(([part, times]) => part.repeat(times)),
);
const texts = (maxLength = 60): fc.Arbitrary<string[]> => fc.array(text, { maxLength });
const number = fc.nat({ max: 1_000_000 });
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one);
const lines = fc.array(number, { maxLength: 5 });

const summary = fc.record({
  rows: number,
  new: number,
  changed: number,
  unchanged: number,
  rejected: number,
  duplicate: number,
  optedOut: number,
  leaving: number,
  sharedNumbers: number,
  shared: fc.array(fc.record({ phone: text, lines }), { maxLength: 5 }),
  groups: texts(300),
  reasons: fc.array(fc.record({ reason: text, count: number, lines }), { maxLength: 40 }),
  warnings: fc.array(fc.record({ reason: text, count: number, lines }), { maxLength: 40 }),
  changes: texts(),
});

const counted = fc.array(fc.record({ label: text, reason: text, sentence: text, count: number }), { maxLength: 40 });

const facts = fc
  .record({
    templateName: text,
    audience: text,
    requestedBy: text,
    recipients: number,
    counted,
    samples: fc.array(fc.record({ language: text, who: text, text }), { maxLength: 10 }),
  })
  .map(({ counted: all, ...rest }) => ({
    ...rest,
    excluded: all.map((one, index) => ({ ...one, code: `reason_${index}` })),
  }));

const state = fc.constantFrom(...CAMPAIGN_STATES);

const size = fc.record({ segments: number, characters: number });
const estimate = fc.record({
  patients: number,
  shortest: size,
  median: size,
  longest: size,
  leftOut: number,
  empty: texts(5),
});
const diff = fc.array(fc.record({ kind: fc.constantFrom('same', 'added', 'removed'), text }), { maxLength: 3 });
const changes = fc.array(fc.record({ part: text, diff }), { maxLength: 8 });

const card: fc.Arbitrary<Card> = fc.oneof(
  fc
    .record({
      state: fc.constantFrom(
        'READING',
        'NEEDS_COLUMNS',
        'READY',
        'APPLYING',
        'APPLIED',
        'CANCELED',
        'UNDONE',
        'REFUSED',
      ),
      fileName: text,
      requestedBy: text,
      decidedBy: maybe(text),
      problem: maybe(text),
      summary,
      questions: fc.array(
        fc.record({
          problem: fc.constantFrom('NO_PHONE_COLUMN', 'NO_ID_COLUMN', 'AMBIGUOUS'),
          role: maybe(fc.constantFrom('phone', 'externalId')),
          columns: texts(),
        }),
        { maxLength: 5 },
      ),
      filePermalink: maybe(
        fc.oneof(
          text,
          text.map((path) => `https://a.example/${path}`),
        ),
      ),
    })
    .map((changes) => ({ ...importCard, ...changes })),
  fc
    .record({
      name: text,
      createdBy: text,
      variants: fc.array(fc.record({ language: text, text, segments: number, estimate: maybe(estimate) }), {
        maxLength: 20,
      }),
      replies: fc.array(fc.record({ label: text, words: texts(), autoAnswer: maybe(text) }), { maxLength: 20 }),
      preview: maybe(fc.record({ who: text, text, segments: number })),
      hints: texts(),
    })
    .map((changes) => ({ ...templateCard, ...changes })),
  fc
    .record({ text, phone: text, why: maybe(text) })
    .map((changes) => ({ ...testCard, ...changes, state: 'failed' as const })),
  fc
    .record({
      name: text,
      createdBy: text,
      variants: fc.array(fc.record({ language: text, text }), { maxLength: 20 }),
      replies: fc.array(fc.record({ label: text, autoAnswer: maybe(text) }), { maxLength: 20 }),
      changes,
      decidedBy: text,
      state: fc.constantFrom('waiting', 'approved', 'rejected'),
    })
    .map((rest) => ({ ...templateReviewCard, ...rest })),
  fc
    .record({ facts, counted, state, pausedReason: maybe(text), startAt: maybe(fc.constant(AT)) })
    .map(({ facts: some, counted: all, ...changes }) => ({
      ...runningCard,
      ...some,
      ...changes,
      answers: all,
      problems: all,
    })),
  fc
    .record({
      facts,
      state,
      decisions: fc.array(
        fc.record({
          user: text,
          decision: fc.constantFrom('APPROVE' as const, 'REJECT' as const),
          at: fc.constant(AT),
          counts: fc.boolean(),
        }),
        { maxLength: 60 },
      ),
      rejected: maybe(fc.record({ by: text, why: maybe(text) })),
    })
    .map(({ facts: some, ...changes }) => ({ ...approvalCard, ...some, ...changes })),
  fc
    .record({
      who: texts(),
      phone: text,
      state: fc.constantFrom('OPEN', 'WAITING', 'RESOLVED'),
      languages: texts(),
      choices: fc.uniqueArray(fc.record({ patientId: fc.nat(), label: text }), {
        maxLength: 150,
        selector: ({ patientId }) => patientId,
      }),
      chosen: maybe(fc.record({ patientId: fc.nat(), who: text, by: text })),
      onCall: maybe(text),
      waitingHours: maybe(number),
      groups: texts(),
      optedOut: fc.boolean(),
      takenBy: maybe(text),
      reply: maybe(
        fc.record({ text, replyClass: maybe(text), answer: maybe(text), why: maybe(text), at: fc.constant(AT) }),
      ),
      campaign: maybe(fc.record({ templateName: text, text })),
    })
    .map((changes) => ({ ...conversationCard, ...changes })),
  fc
    .record({
      who: text,
      text,
      replyClass: fc.oneof(maybe(text), fc.constant('urgent')),
      answer: maybe(text),
      why: maybe(text),
      mediaCount: number,
      onCall: maybe(text),
    })
    .map((changes) => ({ ...replyCard, ...changes })),
  text.map((one) => ({ kind: 'note' as const, text: one })),
  fc
    .record({
      state: fc.constantFrom('waiting', 'going', 'gone', 'ended'),
      writtenBy: maybe(text),
      now: text,
      opens: maybe(text),
      keptBy: maybe(text),
      sentNow: maybe(fc.record({ by: text, reason: text })),
    })
    .map((changes) => ({ ...heldCard, ...changes })),
  fc
    .record({ writtenBy: text, text, decision: fc.constantFrom('open', 'sent', 'dropped'), decidedBy: maybe(text) })
    .map((changes) => ({ ...lateCard, ...changes })),
  fc.record({ text, writtenBy: maybe(text) }).map((changes) => ({ ...staffTextCard, ...changes })),
  fc
    .record({
      onCall: maybe(text),
      rows: fc.array(fc.record({ who: text, urgent: fc.boolean(), since: fc.constant(AT), permalink: maybe(text) }), {
        maxLength: 50,
      }),
    })
    .map((changes) => ({ ...reminderCard, ...changes })),
);

const RUNS = { numRuns: 400 };

test('every card is as Slack takes it, whatever it holds', () => {
  fc.assert(
    fc.property(card, (one) => expectMessage(renderCard(one))),
    RUNS,
  );
});

test.each(naughty.map((one) => [one]))('a patient who writes %j is quoted and harms nothing', (one) => {
  expectMessage(renderCard({ ...replyCard, who: one, text: one, answer: one, replyClass: 'expected', why: one }));
  expectMessage(
    renderCard({
      ...conversationCard,
      who: [one],
      groups: [one],
      reply: { text: one, replyClass: 'urgent', answer: one, why: one, at: AT },
    }),
  );
  expectMessage(
    renderCard({
      ...campaignCard,
      templateName: one,
      audience: one,
      samples: [{ language: one, who: one, text: one }],
    }),
  );
});

test('every list is as Slack takes it', () => {
  const rows = fc.array(
    fc.record({ name: text, text, replies: texts(), languages: texts(5), members: number, recipients: number, state }),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(rows, (all) => {
      const numbered = all.map((row, id) => ({
        ...row,
        id,
        campaignId: id,
        version: 1,
        counts: runningCard.counts,
        startAt: AT,
        segments: { least: 1, most: 3 },
        lastUsedAt: AT,
        review: 'rejected' as const,
        archived: id % 2 === 1,
      }));
      expectMessage(statusBlocks({ stopped: null, rows: numbered, may: { control: true, stopAll: true } }));
      const page = { rows: numbered.slice(0, 20), all: all.length, page: 1, pages: 9, mayChange: true };
      expectMessage(groupsBlocks({ ...page, words: all[0]?.name ?? '' }));
      const [group, into = null] = numbered;
      const asked = { sends: [1, 2], channel: 'C0DOSES', hasChanged: true };
      if (group) expectMessage(groupQuestionBlocks({ ...asked, what: 'merge', group, into }));
      expectMessage(templatesBlocks(numbered));
      expectMessage(
        helpBlocks(
          all.slice(0, 30).map(({ name, text: words }) => ({ usage: name.slice(0, 60), summary: words.slice(0, 60) })),
        ),
      );
    }),
    { numRuns: 60 },
  );
});

test('every history is as Slack takes it', () => {
  fc.assert(
    fc.property(text, fc.array(changes, { maxLength: 4 }), (name, all) => {
      const [entry] = templateHistory.entries;
      const entries = all.map((one, index) => ({ ...entry!, version: all.length - index, changes: one }));
      expectMessage(historyBlocks({ name, entries, older: 3 }));
    }),
    { numRuns: 20 },
  );
});

test('every page of responses is as Slack takes it', () => {
  const row = fc.record({
    who: text,
    text,
    replyClass: text,
    answer: maybe(text),
    at: fc.constant(AT),
    permalink: maybe(text),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), text, (rows, name) => {
      expectMessage(responsesBlocks({ ...responsesPage, campaign: { id: 1, name }, rows, page: 1 }));
    }),
    { numRuns: 100 },
  );
});

test('every view is as Slack takes it', () => {
  fc.assert(
    fc.property(texts(), text, (names, one) => {
      const rows = names.map((name, id) => ({ id, name, members: id }));
      expectView(
        sendForm({
          templates: rows,
          groups: rows,
          place: 'C0GENERAL',
          timeZone: one.slice(0, 40),
          initialTemplateId: 1,
        }),
      );
      const initial = { name: one, texts: { default: one, es: one, vi: one }, expectedReplies: one };
      const notes = {
        estimate: null,
        hints: [{ kind: 'health' as const, sentence: one }],
        problems: names,
        plainSigns: 1,
      };
      expectView(templateForm({ placeholders: names, origin: { templateId: 1 }, initial, notes: { default: notes } }));
      const texts = [
        { language: one, text: one, segments: 1, missing: [] },
        { language: 'es', text: null, segments: 0, missing: names },
      ];
      const patient = { who: one, phone: one, language: one, gets: one };
      expectView(previewForm({ ...templatePreview, name: one, patient, texts }));
      // A file of the library with a longer name is not taken.
      const starters = names.slice(0, 30).map((name, id) => ({ topic: `${id % 3}`, name: name.slice(0, 60) }));
      const entries = starters.map((starter) => ({ ...starter, texts: { default: one }, expectedReplies: one }));
      expectView(libraryForm({ entries, unreadable: names, place: 'C0GENERAL' }));
      const open = names.map((who) => ({ who, at: AT, permalink: who }));
      const running = names.map((name) => ({ ...homePage.running[0]!, name }));
      const windows = names.map((zone) => ({ zone, open: true, until: AT }));
      expectView(homeView({ ...homePage, clinicName: one, openConversations: open, running, windows, hours: one }));
    }),
    { numRuns: 100 },
  );
});
