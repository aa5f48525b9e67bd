/** What a press or a submitted form is called on its way back from Slack. A button's `value` is the id that it acts on. */
export const ACTIONS = {
  importConfirm: 'import_confirm',
  importCancel: 'import_cancel',
  campaignSend: 'campaign_send',
  campaignCancelDraft: 'campaign_cancel',
  campaignPause: 'campaign_pause',
  campaignResume: 'campaign_resume',
  templateEdit: 'template_edit',
  /** Value: the template version's id. */
  templateTest: 'template_test',
  templateTestNumber: 'template_test_number',
  sendFromTemplate: 'send_from_template',
  conversationTake: 'conversation_take',
  conversationResolve: 'conversation_resolve',
  conversationOptOut: 'conversation_opt_out',
  responsesPage: 'responses_page',
  responsesDownload: 'responses_download',
  openSend: 'open_send',
  openImport: 'open_import',
  openTemplate: 'open_template',
  openResponses: 'open_responses',
  openHours: 'open_hours',
  reveal: 'reveal',
  stopAll: 'stop_all',
  resumeAll: 'resume_all',
} as const;

export const VIEWS = {
  template: 'template_form',
  send: 'send_form',
  importFile: 'import_form',
  hours: 'hours_form',
  testNumber: 'test_number_form',
  reveal: 'reveal_form',
} as const;
