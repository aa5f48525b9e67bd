-- DropIndex
DROP INDEX "Message_slackChannel_slackTs_key";

-- DropIndex
DROP INDEX "Message_conversationId_id_idx";

-- DropIndex
DROP INDEX "Message_answersCampaignId_replyClass_idx";

-- DropIndex
DROP INDEX "Message_sid_key";

-- DropIndex
DROP INDEX "Message_key_key";

-- AlterTable
ALTER TABLE "Exclusion" ADD COLUMN "detail" TEXT;

-- AlterTable
ALTER TABLE "Campaign" ADD COLUMN "channel" TEXT;
ALTER TABLE "Campaign" ADD COLUMN "threadTs" TEXT;
ALTER TABLE "Campaign" ADD COLUMN "frozenAt" DATETIME;
ALTER TABLE "Campaign" ADD COLUMN "freezeRun" TEXT;
ALTER TABLE "Campaign" ADD COLUMN "preview" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE "Campaign" ADD COLUMN "problem" TEXT;

-- What was created before was frozen in the same moment.
UPDATE "Campaign" SET "frozenAt" = "createdAt";

-- CreateIndex
CREATE INDEX "Exclusion_campaignId_reason_idx" ON "Exclusion"("campaignId", "reason");

-- CreateIndex
CREATE UNIQUE INDEX "Message_key_key" ON "Message"("key") WHERE key IS NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Message_sid_key" ON "Message"("sid") WHERE sid IS NOT NULL;

-- CreateIndex
CREATE INDEX "Message_answersCampaignId_replyClass_idx" ON "Message"("answersCampaignId", "replyClass") WHERE answersCampaignId IS NOT NULL;

-- CreateIndex
CREATE INDEX "Message_conversationId_id_idx" ON "Message"("conversationId", "id") WHERE conversationId IS NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Message_slackChannel_slackTs_key" ON "Message"("slackChannel", "slackTs") WHERE slackTs IS NOT NULL;
