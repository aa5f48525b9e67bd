-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "afterHoursAt" DATETIME;
ALTER TABLE "Conversation" ADD COLUMN "patientId" INTEGER;
ALTER TABLE "Conversation" ADD COLUMN "patientSaidBy" TEXT;
ALTER TABLE "Conversation" ADD COLUMN "remindedAt" DATETIME;
ALTER TABLE "Conversation" ADD COLUMN "waitingSince" DATETIME;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN "sendNowBy" TEXT;
ALTER TABLE "Message" ADD COLUMN "sendNowReason" TEXT;

-- CreateIndex
CREATE INDEX "Conversation_waitingSince_idx" ON "Conversation"("waitingSince");
