-- CreateIndex
CREATE INDEX "Message_state_submittedAt_idx" ON "Message"("state", "submittedAt");

-- CreateIndex
CREATE INDEX "Message_direction_processedAt_idx" ON "Message"("direction", "processedAt");
