import type { AuditRow, PatientRowCard, SettingRow } from '../../domain/cards/patient-cards';
import { ACTIONS } from './action-ids';
import { actions, button, context, divider, header, paragraphs, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { escape, escapeAllButIds, language, name, plural, when } from './words';

/** Profiles as `/outreach patient` shows them: masked. */
export const patientsBlocks = (rows: readonly PatientRowCard[]): Message =>
  message(
    rows.length === 0
      ? [section('Nobody is found by that. Try the patient id, the phone number, or a part of the name.')]
      : rows.flatMap((row) => [...profile(row), divider()]).slice(0, -1),
  );

const profile = (row: PatientRowCard) => [
  section(`*${name(row.who, 60)}*${row.isStaff ? '  ·  staff' : ''}  ·  ${row.phone}  ·  id ${escape(row.externalId)}`),
  context(
    row.language === null ? 'language not known' : language(row.language),
    row.groups.length === 0 ? 'in no group' : `in ${row.groups.map((group) => name(group, 40)).join(', ')}`,
    `${row.zones.map(escape).join(' and ')} (from ${escape(row.zonesFrom)})`,
  ),
  context(...states(row)),
];

function states(row: PatientRowCard): string[] {
  if (row.optedOutAt !== null) return [`🚫 Opted out ${when(row.optedOutAt)}: cannot be texted`];
  if (row.badSince !== null) return [`⚠️ Number cannot be texted since ${when(row.badSince)}`];
  if (row.windowUntil === null) return [row.windowOpen ? 'Can be texted now' : 'Cannot be texted at any hour'];
  return [
    row.windowOpen
      ? `Can be texted now, until ${when(row.windowUntil)}`
      : `Can be texted from ${when(row.windowUntil)}`,
  ];
}

export const settingsBlocks = (rows: readonly SettingRow[], { canChange }: { canChange: boolean }): Message =>
  message([
    header('Settings'),
    ...paragraphs(
      rows.map(({ name: title, value, variable }) => `*${title}:* ${escapeAllButIds(value)}  \`${variable}\``),
    ),
    ...actions(canChange && button({ label: 'Change texting hours', action: ACTIONS.openHours })),
    context('The rest is set in the app’s environment (.env) and holds from its next start.'),
  ]);

export const auditBlocks = (rows: readonly AuditRow[]): Message =>
  message(
    rows.length === 0
      ? [section('Nothing is on the record yet.')]
      : [
          header(`The last ${plural(rows.length, 'entry', 'entries')}`),
          ...paragraphs(
            rows.map(
              ({ at, actor, action, subject }) => `${when(at)}  ${who(actor)}  *${escape(action)}*  ${escape(subject)}`,
            ),
          ),
        ],
  );

/** `app` and `patient` act as well; everybody else is a Slack user. */
const who = (actor: string): string => (/^[UW]\w+$/.test(actor) ? `<@${actor}>` : escape(actor));
