-- AlterTable
ALTER TABLE "Campaign" ADD COLUMN "pace" INTEGER;

-- AlterTable
ALTER TABLE "TemplateVersion" ADD COLUMN "byReaction" BOOLEAN;
