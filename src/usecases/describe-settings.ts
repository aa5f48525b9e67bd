import type { SettingRow } from '../domain/cards/patient-cards';
import { formatWeek } from '../domain/texting-rules';
import { can } from '../domain/permissions';
import type { Ports } from './ports';

/** The settings as they are, with the variable that sets each. */
export async function describeSettings({ clinic, directory }: Ports, actor: string): Promise<SettingRow[]> {
  const { senders, responders, reviewers, admins } = await directory.roles();
  const people = (members: ReadonlySet<string> | 'everyone'): string =>
    members === 'everyone'
      ? 'everyone'
      : members.size === 0
        ? 'nobody'
        : [...members].map((id) => `<@${id}>`).join(', ');
  const { week, campaign, conversation, states, darkDays } = clinic.textingHours.asStored();
  const row = (name: string, value: string, variable: string): SettingRow => ({ name, value, variable });
  const isAdmin = admins.has(actor);
  return [
    row('Clinic', clinic.name, 'CLINIC_NAME'),
    row('Time zone', clinic.timeZone, 'CLINIC_TIME_ZONE'),
    row('Texting window, where the patient is', formatWeek(week), 'TEXTING_WINDOW'),
    ...(campaign ? [row('Window for sends', formatWeek(campaign), 'TEXTING_WINDOW')] : []),
    ...(conversation ? [row('Window for 1-to-1 texts', formatWeek(conversation), 'TEXTING_WINDOW')] : []),
    ...Object.entries(states).map(([state, window]) => row(`Window in ${state}`, window, 'TEXTING_WINDOW')),
    ...(darkDays.length > 0 ? [row('Dark days', darkDays.join(', '), 'TEXTING_WINDOW')] : []),
    ...rowsOfConversations(clinic),
    row('Approval by 1 reviewer from', `${clinic.approvalThreshold} recipients`, 'APPROVAL_THRESHOLD'),
    row('Approval by 2 reviewers from', `${clinic.largeSendThreshold} recipients`, 'LARGE_SEND_THRESHOLD'),
    row('Templates need a reviewer', clinic.templateReview ? 'yes' : 'no', 'TEMPLATE_REVIEW'),
    row('Segments a second', clinic.rate === 0 ? 'unlimited' : String(clinic.rate), 'TWILIO_RATE'),
    row('Senders', people(senders), 'SENDERS'),
    row('Reviewers', people(reviewers), 'REVIEWERS'),
    row('Responders', people(responders), 'RESPONDERS'),
    row('Admins', people(admins), 'ADMINS'),
    ...(isAdmin
      ? [
          row('Replies', `<#${clinic.channels.replies}>`, 'CHANNEL_REPLIES'),
          row('Approvals', `<#${clinic.channels.approvals}>`, 'CHANNEL_APPROVALS'),
        ]
      : []),
  ];
}

/** Admins change these in Slack; the variable says what a new installation begins with, if there is one. */
function rowsOfConversations({ conversations }: Ports['clinic']): SettingRow[] {
  const { emergencyWords, onCall, replyThreads, reminderHours, clinicHours, routes } = conversations.current();
  const row = (name: string, value: string, variable = ''): SettingRow => ({ name, value, variable });
  return [
    row('Replies that get a thread', replyThreads === 'all' ? 'all' : 'unexpected ones', 'REPLY_THREADS'),
    row('Emergency words', `${emergencyWords.length}`),
    row('On call', onCall === null ? 'nobody' : onCall.startsWith('S') ? `group ${onCall}` : `<@${onCall}>`),
    row('Clinic hours', clinicHours === null ? 'not told: no automatic answer' : formatWeek(clinicHours)),
    row('Reminder', reminderHours === 0 ? 'never' : `after ${reminderHours} hours`),
    ...(routes.length > 0 ? [row('Replies in other channels', `${routes.length} routes`)] : []),
  ];
}

/** Whether to offer this person what only admins may change. */
export const maySet = async ({ directory }: Pick<Ports, 'directory'>, user: string): Promise<boolean> =>
  can(user, 'settings.edit', await directory.roles());
