import type { HomePage } from '../domain/cards/card';
import { maskedName } from '../domain/masking';
import { can } from '../domain/permissions';
import { maskPhone } from '../domain/phone-number';
import { formatWeek } from '../domain/texting-rules';
import { WindowWatch } from '../domain/window-watch';
import { countsOf } from './campaigns/campaign-cards';
import { sendingStopped } from './campaigns/stop-all';
import type { Ports } from './ports';

const US_ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
];

/** What the app's Home tab shows to this person: conversations and sends only to somebody with a role in them. */
export async function homePage(ports: Ports, user: string): Promise<HomePage> {
  const { store, clinic, clock } = ports;
  const may = await rightsOf(ports, user);
  const windows = new WindowWatch(clinic.textingHours.current);
  const campaigns = may.read ? await store.campaigns.recent(20) : [];
  const running = campaigns.filter(({ state }) =>
    ['RUNNING', 'PAUSED', 'SCHEDULED', 'AWAITING_APPROVAL'].includes(state),
  );
  return {
    clinicName: clinic.name,
    may,
    stopped: await sendingStopped(store),
    patients: await store.patients.count(),
    running: await Promise.all(
      running.map(async ({ id, state, recipients, startAt, templateVersion }) => ({
        campaignId: id,
        name: templateVersion.template.name,
        state,
        recipients,
        startAt,
        counts: countsOf(await store.campaigns.counts(id)),
      })),
    ),
    waitingApprovals: running.filter(({ state }) => state === 'AWAITING_APPROVAL').length,
    openConversations: may.read ? await openConversations(ports) : [],
    windows: [...new Set([clinic.timeZone, ...US_ZONES])].map((zone) => ({
      zone,
      ...windows.at(zone, clock.now(), 'campaign'),
    })),
    hours: formatWeek(clinic.textingHours.asStored().week),
  };
}

async function rightsOf({ directory }: Ports, user: string): Promise<HomePage['may']> {
  const roles = await directory.roles();
  return {
    send: can(user, 'campaigns.send', roles),
    import: can(user, 'patients.import', roles),
    write: can(user, 'templates.write', roles),
    read: can(user, 'responses.read', roles),
    stopAll: can(user, 'campaigns.stopAll', roles),
  };
}

async function openConversations({ store, room }: Ports): Promise<HomePage['openConversations']> {
  const open = await store.conversations.openByAge(10);
  return Promise.all(
    open.map(async ({ phone, lastInboundAt, channel, threadTs }) => {
      const [owner] = await store.patients.byPhone(phone);
      const who = owner ? maskedName(owner.firstName, owner.lastName) : `Unknown ${maskPhone(phone)}`;
      return {
        who,
        at: lastInboundAt,
        permalink: threadTs === null ? null : await room.permalink({ channel, ts: threadTs }),
      };
    }),
  );
}
