-- AlterTable
ALTER TABLE "Campaign" ADD COLUMN "guardedFrom" DATETIME;
ALTER TABLE "Campaign" ADD COLUMN "rejectedBy" TEXT;
ALTER TABLE "Campaign" ADD COLUMN "rejectedWhy" TEXT;
ALTER TABLE "Campaign" ADD COLUMN "remindedAt" DATETIME;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN "recalledAt" DATETIME;
