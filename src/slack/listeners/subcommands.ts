import { helpBlocks } from '../blocks/lists';
import type { Asked } from './asked';
import { audit } from './commands/audit';
import { cancel, pause, resume, stop } from './commands/control';
import { groups } from './commands/groups';
import { importFile } from './commands/import';
import { patient } from './commands/patient';
import { responses } from './commands/responses';
import { send } from './commands/send';
import { settings } from './commands/settings';
import { status } from './commands/status';
import { template } from './commands/template';
import { text } from './commands/text';

export interface Subcommand {
  readonly usage: string;
  readonly summary: string;
  readonly run: (asked: Asked) => Promise<unknown>;
}

/** All that can be typed after `/outreach`. */
export const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  import: { usage: 'import', summary: 'Bring patients in from a CSV file.', run: importFile },
  template: {
    usage: 'template [list | new | show, edit, copy, archive, restore or history NAME | library]',
    summary: 'Write and look at templates.',
    run: template,
  },
  send: {
    usage: 'send [TEMPLATE to GROUP, GROUP except GROUP at TIME]',
    summary: 'Text a template to groups of patients.',
    run: send,
  },
  status: { usage: 'status [NUMBER]', summary: 'See what is being sent, and what was.', run: status },
  pause: { usage: 'pause [NUMBER | all]', summary: 'Pause a send; admins: all sending.', run: pause },
  resume: { usage: 'resume [NUMBER | all]', summary: 'Go on with a paused send, or with all sending.', run: resume },
  stop: { usage: 'stop', summary: 'Admins: stop all sending at once.', run: stop },
  cancel: { usage: 'cancel NUMBER', summary: 'End a send; what was not sent stays unsent.', run: cancel },
  responses: {
    usage: 'responses [unexpected | urgent | unanswered | no answer] [NUMBER or TEMPLATE] [by patient, answer or time]',
    summary: 'Read patients’ answers, and download them.',
    run: responses,
  },
  text: { usage: 'text ID or PHONE', summary: 'Open a conversation with one patient.', run: text },
  patient: { usage: 'patient ID, PHONE or NAME', summary: 'Look a patient up.', run: patient },
  groups: {
    usage: 'groups [new NAME | rename A to B | merge A into B | empty A | delete A]',
    summary: 'See groups and how many are in them, and change them.',
    run: groups,
  },
  settings: { usage: 'settings', summary: 'See hours, thresholds, channels and roles.', run: settings },
  audit: { usage: 'audit [@PERSON | send NUMBER | DAY | patient ID]', summary: 'See who did what.', run: audit },
  help: { usage: 'help', summary: 'See this list.', run: ({ show }) => show(helpBlocks(Object.values(SUBCOMMANDS))) },
};
