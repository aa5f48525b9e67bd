/** Messages of bots bear the bot's id; some say of a person's that there is none. */
export const isByBot = (event: object): boolean => Boolean((event as { readonly bot_id?: unknown }).bot_id);
