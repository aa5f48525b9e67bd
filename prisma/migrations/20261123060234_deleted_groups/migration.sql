-- AlterTable
ALTER TABLE "Group" ADD COLUMN "deletedAt" DATETIME;
