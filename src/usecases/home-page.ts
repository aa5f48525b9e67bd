import type { HomePage } from '../domain/cards/card';
import { maskedName } from '../domain/masking';
import { can } from '../domain/permissions';
import { maskPhone } from '../domain/phone-number';
import { formatWeek } from '../domain/texting-rules';
import { WindowWatch } from '../domain/window-watch';
import { countsOf } from './campaigns/campaign-cards';
import { approvalKey } from './campaigns/control-campaign';
import { sendingStopped } from './campaigns/stop-all';
import type { Ports } from './ports';

const MOST_SENDS = 20;

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
  const active = may.read ? await store.campaigns.active(MOST_SENDS) : [];
  return {
    clinicName: clinic.name,
    may,
    stopped: await sendingStopped(store),
    patients: await store.patients.count(),
    running: await Promise.all(
      active.filter(({ state }) => state !== 'AWAITING_APPROVAL').map((campaign) => statusRow(ports, campaign)),
    ),
    waiting: await Promise.all(
      active.filter(({ state }) => state === 'AWAITING_APPROVAL').map((campaign) => waitingRow(ports, campaign)),
    ),
    openCount: may.read ? await store.conversations.openCount() : 0,
    openConversations: may.read ? await openConversations(ports) : [],
    windows: [...new Set([clinic.timeZone, ...US_ZONES])].map((zone) => ({
      zone,
      ...windows.at(zone, clock.now(), 'campaign'),
    })),
    hours: formatWeek(clinic.textingHours.asStored().week),
  };
}

type Active = Awaited<ReturnType<Ports['store']['campaigns']['active']>>[number];

const statusRow = async ({ store }: Ports, { id, state, recipients, startAt, templateVersion }: Active) => ({
  campaignId: id,
  name: templateVersion.template.name,
  ...{ state, recipients, startAt },
  counts: countsOf(await store.campaigns.counts(id)),
});

async function waitingRow({ store, room }: Ports, campaign: Active): Promise<HomePage['waiting'][number]> {
  const { id, recipients, requestedBy, submittedAt, createdAt, templateVersion } = campaign;
  const post = await store.posts.byKey(approvalKey(id));
  const permalink = post?.ts ? await room.permalink({ channel: post.channel, ts: post.ts }) : null;
  return {
    campaignId: id,
    name: templateVersion.template.name,
    recipients,
    requestedBy,
    askedAt: submittedAt ?? createdAt,
    permalink,
  };
}

async function rightsOf({ directory }: Ports, user: string): Promise<HomePage['may']> {
  const roles = await directory.roles();
  return {
    send: can(user, 'campaigns.send', roles),
    import: can(user, 'patients.import', roles),
    write: can(user, 'templates.write', roles),
    read: can(user, 'responses.read', roles),
    control: can(user, 'campaigns.control', roles),
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
