import type { App } from '@slack/bolt';
import { ACTIONS, VIEWS } from '../blocks/action-ids';
import type { Ports } from '../../usecases/ports';
import * as buttons from './buttons';
import { downloadAuditPage, turnAuditPage } from './commands/audit';
import { checkInstallation } from './check-installation';
import * as control from './control-buttons';
import { registerConversations } from './conversations';
import { bringBackDeletedRequests, decideByReactions, rejectReasonFromThreads } from './decide-by-reaction';
import { importDroppedFile, importSharedFile } from './dropped-file';
import { registerGroups } from './group-buttons';
import { showHome } from './home';
import { registerImports } from './import-choices';
import { once } from './once';
import { registerSending } from './sending';
import { outreachCommand } from './outreach-command';
import * as erasing from './erase-patient';
import * as patient from './patient-buttons';
import { openReveal, submitReveal } from './reveal';
import * as submit from './submit-forms';
import * as library from './template-library';
import * as preview from './template-preview';
import * as templates from './template-buttons';
import * as templateForm from './template-form';
import { registerUnknown } from './unknown-requests';

/** All that a person can do in Slack, on one screen. Each listener translates and calls one use case. */
export function registerListeners(app: App, ports: Ports): void {
  app.use(once(ports));

  app.command('/outreach', outreachCommand(ports));

  app.view(VIEWS.hours, submit.submitHours(ports));
  app.view(VIEWS.importFile, submit.submitImport(ports));

  registerTemplates(app, ports);
  registerImports(app, ports);
  registerSending(app, ports);
  app.action(ACTIONS.campaignCancelDraft, control.cancelCampaign(ports));
  app.action(ACTIONS.campaignPause, control.pauseCampaign(ports));
  app.action(ACTIONS.campaignResume, control.resumeCampaign(ports));
  app.action(ACTIONS.responsesPage, buttons.turnResponsesPage(ports));
  app.action(ACTIONS.responsesSort, buttons.turnResponsesPage(ports));
  app.action(ACTIONS.responsesDownload, buttons.downloadResponses(ports));
  app.action(ACTIONS.openImport, buttons.openImport(ports));
  app.action(ACTIONS.openHours, buttons.openHours(ports));
  app.action(ACTIONS.resultsDownload, control.downloadCampaignResults(ports));
  app.action(ACTIONS.stopAll, control.stopAllSending(ports));
  app.action(ACTIONS.resumeAll, control.resumeAllSending(ports));
  app.action(ACTIONS.checkInstallation, checkInstallation(ports));
  app.action(ACTIONS.openResponses, buttons.openResponses(ports));
  onPatients(app, ports);
  registerGroups(app, ports);
  onAudit(app, ports);
  registerConversations(app, ports);
  registerUnknown(app, ports);

  app.event('reaction_added', decideByReactions(ports, { removed: false }));
  app.event('reaction_removed', decideByReactions(ports, { removed: true }));
  app.event('message', importDroppedFile(ports));
  app.event('file_shared', importSharedFile(ports));
  app.event('message', rejectReasonFromThreads(ports));
  app.event('message', bringBackDeletedRequests(ports));
  app.event('app_home_opened', showHome(ports));
}

function onAudit(app: App, ports: Ports): void {
  app.action(ACTIONS.auditNewer, turnAuditPage(ports));
  app.action(ACTIONS.auditOlder, turnAuditPage(ports));
  app.action(ACTIONS.auditDownload, downloadAuditPage(ports));
}

/** Patients' cards, and Reveal on any card. */
function onPatients(app: App, ports: Ports): void {
  app.view(VIEWS.reveal, submitReveal(ports));
  app.view(VIEWS.patient, patient.submitEdit(ports));
  app.view(VIEWS.patientGroups, patient.submitGroups(ports));
  app.action(ACTIONS.reveal, openReveal(ports));
  app.action(ACTIONS.patientOpen, patient.openPatient(ports));
  app.action(ACTIONS.patientEdit, patient.openEdit(ports));
  app.action(ACTIONS.patientGroups, patient.openGroups(ports));
  app.action(ACTIONS.patientOptOut, patient.optOut(ports));
  app.action(ACTIONS.patientText, patient.text(ports));
  app.action(ACTIONS.patientExport, erasing.exportData(ports));
  app.action(ACTIONS.patientErase, erasing.openErase(ports));
  app.view(VIEWS.erase, erasing.submitErase(ports));
}

/** Templates: writing them, trying them, having them reviewed. */
function registerTemplates(app: App, ports: Ports): void {
  app.view(VIEWS.template, submit.submitTemplate(ports));
  app.view(VIEWS.templatePreview, preview.showPreview(ports));
  app.view(VIEWS.testNumber, templates.submitTestNumber(ports));
  app.action(ACTIONS.templateEdit, templates.editTemplate(ports));
  app.action(ACTIONS.templateRestore, templates.restoreTemplate(ports));
  app.action(ACTIONS.templateAskReview, templates.askForTemplateReview(ports));
  app.action(ACTIONS.templateApprove, templates.approveTemplate(ports));
  app.action(ACTIONS.templateReject, templates.rejectTemplate(ports));
  app.action(ACTIONS.templateTyped, templateForm.lintWhileTyping(ports));
  app.action(ACTIONS.templateAddLanguage, templateForm.addLanguage(ports));
  app.action(ACTIONS.templatePlain, templateForm.replaceByPlain(ports));
  app.action(ACTIONS.templatePreview, preview.openPreview(ports));
  app.action(ACTIONS.libraryTopic, library.chooseTopic(ports));
  app.action(ACTIONS.libraryCopy, library.copyFromLibrary(ports));
  app.action(ACTIONS.templateTest, templates.sendTestText(ports));
  app.action(ACTIONS.templateTestNumber, templates.changeTestNumber(ports));
  app.action(ACTIONS.openTemplate, templates.openTemplate(ports));
}
