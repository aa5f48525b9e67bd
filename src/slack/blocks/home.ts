import type { HomeView, KnownBlock } from '@slack/types';
import type { HomePage } from '../../domain/cards/card';
import { ACTIONS } from './action-ids';
import { actions, button, context, divider, header, paragraphs, section } from './elements';
import { allStopped } from './send-facts';
import { statusRowBlock } from './status-list';
import { resumeAllButton, stopAllButton } from './stop-all-buttons';
import { cityOf, clockTime, count, link, name, plainName, plural, user, when } from './words';

/** The app's Home tab: what waits for somebody first. */
export const homeView = (page: HomePage): HomeView => ({
  type: 'home',
  blocks: [
    header(plainName(page.clinicName, 100)),
    section(`*${plural(page.patients, 'patient')}*`),
    ...(page.stopped === null ? [] : [section(allStopped(page.stopped))]),
    ...quickButtons(page),
    divider(),
    ...(page.may.read ? [...waitingBlocks(page), ...conversationsBlocks(page), ...runningBlocks(page), divider()] : []),
    ...windowBlocks(page),
  ],
});

const quickButtons = ({ may, stopped }: HomePage): KnownBlock[] =>
  actions(
    may.send && button({ label: 'Send outreach', action: ACTIONS.openSend, style: 'primary' }),
    may.import && button({ label: 'Import a file', action: ACTIONS.openImport }),
    may.write && button({ label: 'New template', action: ACTIONS.openTemplate }),
    may.read && button({ label: 'Responses', action: ACTIONS.openResponses }),
    may.stopAll && button({ label: 'Check the installation', action: ACTIONS.checkInstallation }),
    may.stopAll && (stopped === null ? stopAllButton : resumeAllButton),
  );

const waitingBlocks = ({ waiting }: HomePage): KnownBlock[] =>
  waiting.length === 0
    ? []
    : paragraphs([
        `⏳ *${plural(waiting.length, 'send waits', 'sends wait')}* for approval, in the approvals channel`,
        ...waiting.slice(0, MOST_SENDS).map(waitingLine),
      ]);

const waitingLine = ({
  campaignId,
  name: title,
  recipients,
  requestedBy,
  askedAt,
  permalink,
}: HomePage['waiting'][number]): string =>
  [
    `• ${plural(recipients, 'patient')}, “${name(title, 60)}”`,
    `asked for by ${user(requestedBy)} ${when(askedAt)}`,
    `send ${campaignId}`,
    permalink === null ? '' : link(permalink, 'Decide'),
  ]
    .filter((part) => part !== '')
    .join('  ·  ');

const MOST_CONVERSATIONS = 20;

const conversationsBlocks = ({ openConversations, openCount }: HomePage): KnownBlock[] => {
  const shown = openConversations.slice(0, MOST_CONVERSATIONS);
  if (openCount === 0) return [section('💬 No open conversations')];
  return paragraphs([
    `💬 *${plural(openCount, 'open conversation')}*, oldest first`,
    ...shown.map(conversationLine),
    openCount > shown.length ? `and ${count(openCount - shown.length)} more` : null,
  ]);
};

const conversationLine = ({ who, at, permalink }: HomePage['openConversations'][number]): string =>
  [
    `• ${name(who, 60)}`,
    at === null ? '' : `since ${when(at)}`,
    permalink === null ? '' : link(permalink, 'Open the thread'),
  ]
    .filter((part) => part !== '')
    .join('  ·  ');

const MOST_SENDS = 20;

const runningBlocks = ({ running, may }: HomePage): KnownBlock[] =>
  running.length === 0
    ? [section('📤 Nothing is being sent')]
    : [
        section(`*${plural(running.length, 'send')} under way or planned*`),
        ...running.slice(0, MOST_SENDS).map((row) => statusRowBlock(row, may.control)),
        ...(running.length > MOST_SENDS ? [context(`and ${count(running.length - MOST_SENDS)} more`)] : []),
      ];

const windowBlocks = ({ windows, hours }: HomePage): KnownBlock[] => [
  ...paragraphs(windows.slice(0, 20).map(windowLine)),
  context(`The texting window is ${name(hours, 200)} where the patient lives. Times above are in your own time zone.`),
];

const windowLine = ({ zone, open, until }: HomePage['windows'][number]): string => {
  const place = name(cityOf(zone), 40);
  if (open) return `🟢 ${place}: open${until === null ? '' : ` until ${clockTime(until)}`}`;
  return `🌙 ${place}: closed${until === null ? '' : `, opens ${when(until)}`}`;
};
