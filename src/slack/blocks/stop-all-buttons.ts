import { ACTIONS } from './action-ids';
import { button, confirmation } from './elements';

/** The admins' switch for everything, and its undo. */
export const stopAllButton = button({
  label: 'Stop all sending',
  action: ACTIONS.stopAll,
  style: 'danger',
  confirm: confirmation({
    title: 'Stop all sending?',
    text: 'Nothing goes out to any patient any more: sends, answers and 1-to-1 texts wait until an admin resumes all. What a phone carrier already has cannot be called back.',
    confirm: 'Stop all sending',
    deny: 'Go on sending',
    style: 'danger',
  }),
});

export const resumeAllButton = button({
  label: 'Resume all sending',
  action: ACTIONS.resumeAll,
  style: 'primary',
  confirm: confirmation({
    title: 'Resume all sending?',
    text: 'What waits goes out now, inside the texting window. Sends that somebody paused stay paused.',
    confirm: 'Resume all sending',
    deny: 'Not yet',
  }),
});
