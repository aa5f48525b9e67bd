-- AlterTable
ALTER TABLE "ExpectedReply" ADD COLUMN "autoAnswers" TEXT;

-- AlterTable
ALTER TABLE "TemplateVersion" ADD COLUMN "rejectedAt" DATETIME;
ALTER TABLE "TemplateVersion" ADD COLUMN "rejectedBy" TEXT;
