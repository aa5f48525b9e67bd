-- CreateTable
CREATE TABLE "Reveal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "actor" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "viewId" TEXT NOT NULL,
    "until" DATETIME NOT NULL,
    "hiddenAt" DATETIME
);

-- CreateIndex
CREATE INDEX "Reveal_hiddenAt_until_idx" ON "Reveal"("hiddenAt", "until");

-- CreateIndex
CREATE INDEX "AuditEntry_subject_idx" ON "AuditEntry"("subject");
