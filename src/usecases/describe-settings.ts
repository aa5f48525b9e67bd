import type { SettingRow } from '../domain/cards/patient-cards';
import { formatTextingWindow } from '../domain/texting-window';
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
  const [sunday] = clinic.hours.week;
  const row = (name: string, value: string, variable: string): SettingRow => ({ name, value, variable });
  const isAdmin = admins.has(actor);
  return [
    row('Clinic', clinic.name, 'CLINIC_NAME'),
    row('Time zone', clinic.timeZone, 'CLINIC_TIME_ZONE'),
    row('Texting window, where the patient is', sunday ? formatTextingWindow(sunday) : 'closed', 'TEXTING_WINDOW'),
    row('Approval by 1 reviewer from', `${clinic.approvalThreshold} recipients`, 'APPROVAL_THRESHOLD'),
    row('Approval by 2 reviewers from', `${clinic.largeSendThreshold} recipients`, 'LARGE_SEND_THRESHOLD'),
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
