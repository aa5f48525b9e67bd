-- DropIndex
DROP INDEX "Message_processedAt_idx";

-- CreateIndex
CREATE INDEX "Message_unread_idx" ON "Message"("createdAt") WHERE direction = 'INBOUND' AND processedAt IS NULL;
