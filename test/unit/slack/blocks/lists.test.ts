import type { GroupsPage } from '../../../../src/domain/cards/group-cards';
import { CAMPAIGN_STATES } from '../../../../src/domain/campaign';
import type { ResponsesPage, StatusPage } from '../../../../src/domain/cards/card';
import { homeView } from '../../../../src/slack/blocks/home';
import { groupsBlocks } from '../../../../src/slack/blocks/groups';
import { helpBlocks, templatesBlocks } from '../../../../src/slack/blocks/lists';
import { statusBlocks } from '../../../../src/slack/blocks/status-list';
import { responsesBlocks } from '../../../../src/slack/blocks/responses';
import { AT, homePage, NONE, responsesPage, runningCard } from './examples';
import { expectMessage, expectView, readAloud } from './slack-check';

const said = (message: { text: string; blocks: readonly unknown[] }): string => {
  expectMessage(message);
  return readAloud(message.blocks);
};

const page = (rows: StatusPage['rows']): StatusPage => ({
  stopped: null,
  rows,
  may: { control: true, stopAll: false },
});

const groupsPage = (rows: GroupsPage['rows']): GroupsPage => ({
  rows,
  all: rows.length,
  page: 0,
  pages: 1,
  words: '',
  mayChange: false,
});

describe('responses', () => {
  test('have their counts first, then what needs a person', () => {
    expect(said(responsesBlocks(responsesPage))).toMatchSnapshot();
  });

  test('turn their pages with all that the next page needs', () => {
    const last: ResponsesPage = { ...responsesPage, filter: 'unexpected', page: 2, more: false };
    expect(said(responsesBlocks(last))).toMatchSnapshot();
    const json = JSON.stringify(responsesBlocks({ ...last, more: true }).blocks);
    const values = [...json.matchAll(/"value":("(?:[^"\\]|\\.)*")/g)].map(
      ([, value]) => JSON.parse(String(value)) as string,
    );
    const asked = { campaignId: 12, sort: 'class' };
    const here = { ...asked, filter: 'unexpected' };
    const sorts = ['class', 'answer', 'time', 'patient'].map((sort) => ({ ...here, sort, page: 0 }));
    expect(values.map((value) => JSON.parse(value) as unknown)).toEqual([
      { ...asked, filter: 'urgent', page: 0 },
      { ...asked, filter: 'unanswered', page: 0 },
      { ...asked, filter: 'all', page: 0 },
      { ...asked, filter: 'silent', page: 0 },
      { ...here, page: 1 },
      { ...here, page: 3 },
      ...sorts,
      { ...here, page: 0 },
      { ...here, page: 0 },
    ]);
  });

  test('say so when there are none', () => {
    const none = { ...responsesPage, campaign: null, rows: [], more: false };
    const counts = { unexpected: 0, urgent: 0, expected: 0, other: 0, unanswered: 0, silent: null };
    expect(said(responsesBlocks({ ...none, counts }))).toMatchSnapshot();
    expect(said(responsesBlocks({ ...none, counts, filter: 'urgent' }))).toContain('No urgent replies.');
  });

  test('cut long words, and fit into a message however many there are', () => {
    const [row] = responsesPage.rows;
    const rows = Array.from({ length: 100 }, () => ({ ...row!, text: 'word '.repeat(100) }));
    const text = said(responsesBlocks({ ...responsesPage, rows }));
    expect(text).toContain('word…');
    expect(text).toContain('and 60 more on this page');
  });
});

describe('lists', () => {
  const row = { campaignId: 12, name: 'Second dose', recipients: 180, counts: runningCard.counts, startAt: AT };

  test('of sends say how far each is', () => {
    const rows = CAMPAIGN_STATES.map((state) => ({ ...row, state, counts: state === 'RUNNING' ? row.counts : NONE }));
    expect(said(statusBlocks(page(rows)))).toMatchSnapshot();
    expect(said(statusBlocks(page([])))).toMatchSnapshot();
  });

  test('of groups say how many are in each', () => {
    const groups = [
      { id: 1, name: 'Seniors', members: 42 },
      { id: 2, name: '2nd dose', members: 1 },
    ];
    expect(said(groupsBlocks(groupsPage(groups)))).toMatchSnapshot();
    expect(said(groupsBlocks(groupsPage([])))).toMatchSnapshot();
  });

  test('of templates let each be sent', () => {
    const segments = { least: 1, most: 2 };
    const used = { segments, lastUsedAt: AT, review: null, archived: false };
    const template = { id: 3, version: 2, languages: ['default', 'es'], replies: ['YES', 'NO'], ...used };
    const rows = [
      { ...template, name: 'Second dose', text: 'Hi {{ first_name }}, your second dose is here. Reply YES or NO.' },
      {
        ...template,
        id: 4,
        name: 'Hours',
        version: 1,
        languages: ['default'],
        replies: [],
        text: 'We open at 9.',
        lastUsedAt: null,
        review: 'waiting' as const,
      },
    ];
    expect(said(templatesBlocks(rows))).toMatchSnapshot();
    expect(said(templatesBlocks([]))).toMatchSnapshot();
  });

  test('of commands say how each is typed', () => {
    const commands = [
      { usage: 'import', summary: 'Bring patients in from a CSV file.' },
      { usage: '/outreach text <patient>', summary: 'Text one patient.' },
    ];
    expect(said(helpBlocks(commands))).toMatchSnapshot();
  });

  test('that are long are cut, and say by how much', () => {
    const many = Array.from({ length: 500 }, (_, id) => ({
      ...row,
      id,
      members: id,
      state: 'DONE' as const,
      version: 1,
    }));
    expect(said(statusBlocks(page(many)))).toContain('and 460 more');
    const templateWords = {
      languages: ['default'],
      text: 'x'.repeat(3000),
      replies: ['YES'],
      segments: { least: 1, most: 1 },
    };
    const templates = many.map((one) => ({
      ...one,
      ...templateWords,
      lastUsedAt: null,
      review: null,
      archived: false,
    }));
    expect(said(templatesBlocks(templates))).toContain('and 480 more');
  });
});

describe('the Home tab', () => {
  test('shows what waits for somebody first', () => {
    const view = homeView(homePage);
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
  });

  test('is calm when nothing waits', () => {
    const view = homeView({
      ...homePage,
      patients: 1,
      running: [],
      openConversations: [],
      waiting: [],
      openCount: 0,
      windows: [],
    });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
  });
});
