/** The record in plain words: what stands after the person's name. An action that is not here is shown by its own name. */
const WORDS: Readonly<Record<string, string>> = {
  'import.start': 'dropped a file of patients',
  'import.read': 'read a file of patients on the server',
  'import.apply': 'imported patients',
  'import.cancel': 'canceled an import',
  'import.undo': 'undid an import',
  'import.choose': 'chose an import’s columns',
  'template.save': 'saved a template',
  'template.ask_for_review': 'asked for a template’s review',
  'template.approve': 'approved a template',
  'template.reject': 'rejected a template',
  'template.withdraw_approve': 'took back a template’s approval',
  'template.withdraw_reject': 'took back a template’s rejection',
  'template.archive': 'archived a template',
  'template.restore': 'brought a template back from the archive',
  'template.test': 'texted a template to their own phone',
  'campaign.create': 'prepared a send',
  'campaign.ask_for_approval': 'asked for approval of a send',
  'campaign.approve': 'approved a send',
  'campaign.reject': 'rejected a send',
  'campaign.withdraw_approve': 'took back an approval',
  'campaign.withdraw_reject': 'took back a rejection',
  'campaign.withdraw': 'sent a send back for approval',
  'campaign.schedule': 'scheduled a send',
  'campaign.start': 'started a send',
  'campaign.pause': 'paused a send',
  'campaign.resume': 'resumed a send',
  'campaign.cancel': 'canceled a send',
  'campaign.finish': 'finished a send',
  'campaign.expire': 'let a send expire: nobody decided in time',
  'campaign.expire_texts': 'dropped texts that were not sent by closing time',
  'campaign.freeze': 'fixed the audience of a send',
  'campaign.reject_reason': 'gave the reason of a rejection',
  'campaign.change': 'voided an approval: texts or patients had changed',
  'campaign.download': 'downloaded what became of a send',
  'campaign.left_out.download': 'downloaded who is left out of a send',
  'request.move': 'moved a request to the new approvals channel',
  'sending.stop_all': 'stopped all sending',
  'sending.resume_all': 'resumed all sending',
  'conversation.open': 'opened a conversation',
  'conversation.take': 'took a conversation',
  'conversation.resolve': 'resolved a conversation',
  'conversation.text': 'texted a patient',
  'conversations.sendNow': 'texted a patient outside texting hours',
  'conversation.auto_text': 'answered a patient by itself',
  'conversation.reword': 'changed a text that waited',
  'conversation.withdraw': 'took back a text that waited',
  'conversation.send_late': 'sent a text from while the app was down',
  'conversation.drop_late': 'kept back a text from while the app was down',
  'conversation.which_patient': 'said which patient wrote',
  'phone.opt_out': 'opted a patient out',
  'phone.opt_in': 'opted in again',
  'phone.undo_opt_out': 'undid an opt-out',
  'patient.reveal': 'saw a full name and number',
  'patient.edit': 'changed a profile',
  'patient.export': 'exported a patient’s data',
  'patient.erase': 'erased a patient',
  'notice.give': 'told admins what Slack’s and Twilio’s terms ask of clinics',
  'alert.begin': 'told admins of trouble',
  'alert.end': 'told admins that trouble is over',
  'retention.empty': 'emptied old texts',
  'installation.check': 'checked the installation',
  'patient.groups': 'changed a patient’s groups',
  'group.create': 'made a group',
  'group.rename': 'renamed a group',
  'group.merge': 'merged a group into another',
  'group.empty': 'took everybody out of a group',
  'group.delete': 'deleted a group',
  'responses.download': 'downloaded replies',
  'audit.download': 'downloaded the record',
  'settings.texting_hours': 'changed the texting hours',
  'settings.conversations': 'changed how replies are handled',
  'settings.test_number': 'set their own phone for tests',
  'database.backup': 'copied the database',
  'database.rekey': 'changed the database’s key',
  'database.restore': 'restored the database from a backup',
};

/** The patient themselves: not "opted a patient out" but what they asked for. */
const BY_PATIENT: Readonly<Record<string, string>> = {
  'phone.opt_out': 'asked for no more texts',
  'phone.opt_in': 'asked for texts again',
};

export const auditWords = (action: string, actor: string): string =>
  (actor === 'patient' ? BY_PATIENT[action] : undefined) ?? WORDS[action] ?? action.replace(/[._]/g, ' ');

export const AUDIT_ACTIONS_IN_WORDS = Object.keys(WORDS);

/** `campaign:12` → `send 12`. */
export const auditSubject = (subject: string): string => {
  const [kind = '', ...rest] = subject.split(':');
  const name = { campaign: 'send', message: 'text' }[kind] ?? kind;
  return rest.length === 0 ? name : `${name} ${rest.join(':')}`;
};

const LONGEST_VALUE = 160;

/** Before, after and all else that was noted, on one line: `reason: call back; language: en → es`. */
export const auditDetail = (json: string): string => {
  const { before, after, ...others } = JSON.parse(json) as Record<string, unknown>;
  const changes = isRecord(before) && isRecord(after) ? changesBetween(before, after) : [];
  const rest = changes.length > 0 ? others : { ...others, ...given({ before, after }) };
  return [...changes, ...Object.entries(rest).map(([name, value]) => `${name}: ${inWords(value)}`)].join('; ');
};

const given = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${name}: ${inWords(before[name])} → ${inWords(after[name])}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inWords = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
};
