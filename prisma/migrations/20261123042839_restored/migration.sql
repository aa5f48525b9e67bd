-- AlterTable
ALTER TABLE "Message" ADD COLUMN "doubtedSince" DATETIME;
