-- AlterTable
ALTER TABLE "Import" ADD COLUMN "replaceGroups" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Import" ADD COLUMN "header" TEXT;
ALTER TABLE "Import" ADD COLUMN "reading" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "Import" ADD COLUMN "readAt" DATETIME;
ALTER TABLE "Import" ADD COLUMN "rowsRead" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Import" ADD COLUMN "percentRead" INTEGER;
ALTER TABLE "Import" ADD COLUMN "undoUntil" DATETIME;
ALTER TABLE "Import" ADD COLUMN "undone" TEXT;

-- CreateIndex
CREATE INDEX "Import_undoUntil_idx" ON "Import"("undoUntil");

-- CreateIndex
CREATE INDEX "Exclusion_patientId_idx" ON "Exclusion"("patientId");

-- CreateIndex
CREATE INDEX "Message_patientId_idx" ON "Message"("patientId");
