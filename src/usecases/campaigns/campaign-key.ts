/** What a campaign is called in the audit log, and its card in the outbox. */
export const campaignKey = (campaignId: number): string => `campaign:${campaignId}`;
