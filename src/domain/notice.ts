/**
 * What Slack's and Twilio's terms ask of clinics that fall under HIPAA; told to each admin of a workspace once. Looked up in November 2026; see README and docs/security.md.
 */
export const NOTICE = [
  'ℹ️ Before you text real patients, if your clinic falls under HIPAA (this is not legal advice):',
  '• Slack asks for an Enterprise plan and a signed BAA. Its terms say that Slack is not for messaging patients: CareThread texts them by SMS, and none of them is in Slack. But what they write stands here. Ask your compliance officer, and keep the replies channel private.',
  '• Twilio signs a BAA for SMS. US numbers must be registered (10DLC, or toll-free verification).',
  '• Your staff write no patient’s name, number or illness into the names of channels, groups, templates or files. Names and numbers are masked; Reveal asks for a reason and is on the record.',
  '• Consent to be texted is yours to have. SMS is not private: write nothing that must not be read on a lock screen.',
  'You are told this once. It also stands in README and docs/security.md.',
].join('\n');
