import type { AuditRow, SettingRow } from '../../domain/cards/patient-cards';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, paragraphs, section } from './elements';
import { message } from './message';
import type { Message } from './message';
import { escape, escapeAllButIds, plural, when } from './words';

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
