-- By hand: adding and dropping columns needs no new table.
ALTER TABLE "Import" ADD COLUMN "appliedLine" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "ImportRow" DROP COLUMN "patient";
ALTER TABLE "ImportRow" ADD COLUMN "kind" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "firstName" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "lastName" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "phone" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "language" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "zip" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "state" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "timeZone" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "zones" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "zonesFrom" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "fields" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "groups" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "leaves" TEXT;
ALTER TABLE "ImportRow" ADD COLUMN "optedOut" BOOLEAN NOT NULL DEFAULT false;
-- Files that were read and not confirmed are read again: their rows have no columns yet.
UPDATE "Import" SET "state" = 'READING' WHERE "state" = 'READY';
