/**
 * What was typed after a slash command, as it was typed. With `should_escape` Slack turns people into `<@U0AB12CD|nora>`
 * (kept: it is their id that counts), links and numbers into `<tel:…|617-555-2001>`, and three signs into entities.
 */
export const commandText = (text = ''): string =>
  text
    .replace(/<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^<>|]*)>/g, '$1')
    .replace(/&(amp|lt|gt);/g, (_entity, name: string) => ({ amp: '&', lt: '<' })[name] ?? '>');
