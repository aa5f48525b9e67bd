import type { App } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import { ACTIONS, VIEWS } from '../blocks/action-ids';
import * as buttons from './buttons';
import * as conversations from './conversation-buttons';
import * as conversationForms from './submit-conversation-forms';
import { heedChangedMessages, textPatientFromThreads } from './thread-message';

/** What a person can do in a patient's thread, and with what is set about them. */
export function registerConversations(app: App, ports: Ports): void {
  app.event('message', textPatientFromThreads(ports));
  app.event('message', heedChangedMessages(ports));

  app.action(ACTIONS.conversationTake, buttons.takeConversation(ports));
  app.action(ACTIONS.conversationResolve, buttons.resolveConversation(ports));
  app.action(ACTIONS.conversationOptOut, buttons.optOutConversation(ports));
  app.action(ACTIONS.conversationUndoOptOut, conversations.openUndoOptOut(ports));
  app.action(ACTIONS.conversationPatient, conversations.showPatientsOfConversation(ports));
  app.action(ACTIONS.conversationWhich, conversations.chooseWhichPatient(ports));
  app.action(ACTIONS.textHold, conversations.holdText(ports));
  app.action(ACTIONS.textSendNow, conversations.openSendNow(ports));
  app.action(ACTIONS.lateSend, conversations.sendLate(ports));
  app.action(ACTIONS.lateDrop, conversations.dropLate(ports));
  app.action(ACTIONS.openConversationSettings, conversations.openConversationSettings(ports));
  app.action(ACTIONS.openRoutes, conversations.openRoutes(ports));

  app.view(VIEWS.sendNow, conversationForms.submitSendNow(ports));
  app.view(VIEWS.undoOptOut, conversationForms.submitUndoOptOut(ports));
  app.view(VIEWS.firstText, conversationForms.submitFirstText(ports));
  app.view(VIEWS.conversationSettings, conversationForms.submitConversationSettings(ports));
  app.view(VIEWS.routes, conversationForms.submitRoute(ports));
}
