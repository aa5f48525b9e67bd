import type { SettingRow } from '../../domain/cards/patient-cards';
import { ACTIONS } from './action-ids';
import { actions, button, context, header, paragraphs } from './elements';
import { message } from './message';
import type { Message } from './message';
import { escapeAllButIds } from './words';

export const settingsBlocks = (rows: readonly SettingRow[], { canChange }: { canChange: boolean }): Message =>
  message([
    header('Settings'),
    ...paragraphs(
      rows.map(
        ({ name: title, value, variable }) =>
          `*${title}:* ${escapeAllButIds(value)}${variable === '' ? '' : `  \`${variable}\``}`,
      ),
    ),
    ...actions(
      canChange && button({ label: 'Change texting hours', action: ACTIONS.openHours }),
      canChange && button({ label: 'Change replies', action: ACTIONS.openConversationSettings }),
      canChange && button({ label: 'Where replies go', action: ACTIONS.openRoutes }),
    ),
    context('The rest is set in the app’s environment (.env) and holds from its next start.'),
  ]);
