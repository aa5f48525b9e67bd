-- CreateIndex
CREATE INDEX "Message_submittedAt_idx" ON "Message"("submittedAt") WHERE state = 'SUBMITTED';

-- CreateIndex
CREATE INDEX "Message_processedAt_idx" ON "Message"("processedAt") WHERE direction = 'INBOUND' AND processedAt IS NULL;
