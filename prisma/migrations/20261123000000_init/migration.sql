-- CreateTable
CREATE TABLE "Patient" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'PATIENT',
    "firstName" TEXT NOT NULL DEFAULT '',
    "lastName" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL,
    "language" TEXT,
    "zip" TEXT,
    "state" TEXT,
    "timeZone" TEXT,
    "zones" TEXT NOT NULL,
    "zonesFrom" TEXT NOT NULL,
    "fields" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Phone" (
    "number" TEXT NOT NULL PRIMARY KEY,
    "optedOutAt" DATETIME,
    "optedOutVia" TEXT,
    "optedOutNote" TEXT,
    "badSince" DATETIME,
    "badCode" INTEGER
);

-- CreateTable
CREATE TABLE "Group" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "groupId" INTEGER NOT NULL,
    "patientId" INTEGER NOT NULL,

    PRIMARY KEY ("groupId", "patientId"),
    CONSTRAINT "GroupMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "GroupMember_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Import" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileId" TEXT,
    "filePermalink" TEXT,
    "channel" TEXT,
    "threadTs" TEXT,
    "requestedBy" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'PATIENT',
    "mapping" TEXT,
    "summary" TEXT NOT NULL DEFAULT '{}',
    "problem" TEXT,
    "createdAt" DATETIME NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" DATETIME,
    "appliedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ImportRow" (
    "importId" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "cells" TEXT,
    "externalId" TEXT,
    "patient" TEXT,
    "before" TEXT,

    PRIMARY KEY ("importId", "line"),
    CONSTRAINT "ImportRow_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ColumnMapping" (
    "header" TEXT NOT NULL PRIMARY KEY,
    "mapping" TEXT NOT NULL,
    "chosenBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Template" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "archivedAt" DATETIME,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "TemplateVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "templateId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "approvedBy" TEXT,
    "approvedAt" DATETIME,
    CONSTRAINT "TemplateVersion_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "Template" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TemplateVariant" (
    "versionId" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    PRIMARY KEY ("versionId", "language"),
    CONSTRAINT "TemplateVariant_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "TemplateVersion" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ExpectedReply" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "versionId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "autoAnswer" TEXT,
    CONSTRAINT "ExpectedReply_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "TemplateVersion" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Campaign" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'DRAFT',
    "templateVersionId" INTEGER NOT NULL,
    "audience" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "recipients" INTEGER NOT NULL,
    "approvalsNeeded" INTEGER NOT NULL DEFAULT 0,
    "startAt" DATETIME,
    "atClose" TEXT NOT NULL DEFAULT 'CARRY_OVER',
    "createdAt" DATETIME NOT NULL,
    "submittedAt" DATETIME,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "pausedReason" TEXT,
    "zoneSets" TEXT NOT NULL DEFAULT '[]',
    CONSTRAINT "Campaign_templateVersionId_fkey" FOREIGN KEY ("templateVersionId") REFERENCES "TemplateVersion" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Exclusion" (
    "campaignId" INTEGER NOT NULL,
    "patientId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    PRIMARY KEY ("campaignId", "patientId"),
    CONSTRAINT "Exclusion_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Exclusion_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Approval" (
    "campaignId" INTEGER NOT NULL,
    "userId" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "withdrawnAt" DATETIME,

    PRIMARY KEY ("campaignId", "userId", "decision"),
    CONSTRAINT "Approval_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Message" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "direction" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "purpose" TEXT,
    "phone" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "segments" INTEGER NOT NULL DEFAULT 1,
    "key" TEXT,
    "campaignId" INTEGER,
    "patientId" INTEGER,
    "textKey" TEXT,
    "conversationId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "zones" TEXT,
    "notBefore" DATETIME,
    "answerableUntil" DATETIME,
    "sentBy" TEXT,
    "slackChannel" TEXT,
    "slackTs" TEXT,
    "attemptCount" INTEGER NOT NULL DEFAULT 0,
    "sid" TEXT,
    "twilioStatus" TEXT,
    "errorCode" INTEGER,
    "reason" TEXT,
    "submittedAt" DATETIME,
    "settledAt" DATETIME,
    "checkedAt" DATETIME,
    "media" TEXT,
    "processedAt" DATETIME,
    "replyClass" TEXT,
    "answer" TEXT,
    "classifiedBy" TEXT,
    "answersCampaignId" INTEGER,
    CONSTRAINT "Message_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Message_answersCampaignId_fkey" FOREIGN KEY ("answersCampaignId") REFERENCES "Campaign" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Message_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Message_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Attempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "messageId" INTEGER NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "outcome" TEXT,
    "sid" TEXT,
    "errorCode" INTEGER,
    CONSTRAINT "Attempt_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DeliveryReport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sid" TEXT NOT NULL,
    "attemptId" TEXT,
    "status" TEXT NOT NULL,
    "errorCode" INTEGER,
    "receivedAt" DATETIME NOT NULL,
    "appliedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "phone" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "channel" TEXT NOT NULL,
    "threadTs" TEXT,
    "takenBy" TEXT,
    "takenAt" DATETIME,
    "lastInboundAt" DATETIME,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Post" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "threadOf" TEXT,
    "threadTs" TEXT,
    "body" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 5,
    "state" TEXT NOT NULL DEFAULT 'WAITING',
    "wanted" INTEGER NOT NULL DEFAULT 1,
    "posted" INTEGER NOT NULL DEFAULT 0,
    "ts" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attemptedAt" DATETIME,
    "notBefore" DATETIME,
    "problem" TEXT,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "SlackEvent" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "patientId" INTEGER,
    "campaignId" INTEGER,
    "detail" TEXT NOT NULL DEFAULT '{}',
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Cursor" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Patient_externalId_key" ON "Patient"("externalId");

-- CreateIndex
CREATE INDEX "Patient_phone_idx" ON "Patient"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "Group_key_key" ON "Group"("key");

-- CreateIndex
CREATE INDEX "GroupMember_patientId_idx" ON "GroupMember"("patientId");

-- CreateIndex
CREATE UNIQUE INDEX "Import_key_key" ON "Import"("key");

-- CreateIndex
CREATE INDEX "ImportRow_importId_outcome_idx" ON "ImportRow"("importId", "outcome");

-- CreateIndex
CREATE UNIQUE INDEX "Template_key_key" ON "Template"("key");

-- CreateIndex
CREATE UNIQUE INDEX "TemplateVersion_templateId_number_key" ON "TemplateVersion"("templateId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "ExpectedReply_versionId_position_key" ON "ExpectedReply"("versionId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Campaign_key_key" ON "Campaign"("key");

-- CreateIndex
CREATE INDEX "Campaign_state_idx" ON "Campaign"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Message_key_key" ON "Message"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Message_sid_key" ON "Message"("sid");

-- CreateIndex
CREATE INDEX "Message_state_campaignId_zones_idx" ON "Message"("state", "campaignId", "zones");

-- CreateIndex
CREATE INDEX "Message_phone_direction_id_idx" ON "Message"("phone", "direction", "id");

-- CreateIndex
CREATE INDEX "Message_campaignId_state_idx" ON "Message"("campaignId", "state");

-- CreateIndex
CREATE INDEX "Message_answersCampaignId_replyClass_idx" ON "Message"("answersCampaignId", "replyClass");

-- CreateIndex
CREATE INDEX "Message_conversationId_id_idx" ON "Message"("conversationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Message_campaignId_patientId_key" ON "Message"("campaignId", "patientId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_campaignId_phone_textKey_key" ON "Message"("campaignId", "phone", "textKey");

-- CreateIndex
CREATE UNIQUE INDEX "Message_slackChannel_slackTs_key" ON "Message"("slackChannel", "slackTs");

-- CreateIndex
CREATE INDEX "Attempt_messageId_idx" ON "Attempt"("messageId");

-- CreateIndex
CREATE INDEX "DeliveryReport_appliedAt_idx" ON "DeliveryReport"("appliedAt");

-- CreateIndex
CREATE UNIQUE INDEX "DeliveryReport_sid_status_key" ON "DeliveryReport"("sid", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_phone_key" ON "Conversation"("phone");

-- CreateIndex
CREATE INDEX "Conversation_state_idx" ON "Conversation"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_channel_threadTs_key" ON "Conversation"("channel", "threadTs");

-- CreateIndex
CREATE UNIQUE INDEX "Post_key_key" ON "Post"("key");

-- CreateIndex
CREATE INDEX "Post_state_priority_id_idx" ON "Post"("state", "priority", "id");

-- CreateIndex
CREATE INDEX "Post_channel_ts_idx" ON "Post"("channel", "ts");

-- CreateIndex
CREATE INDEX "SlackEvent_at_idx" ON "SlackEvent"("at");

-- CreateIndex
CREATE INDEX "AuditEntry_actor_idx" ON "AuditEntry"("actor");

-- CreateIndex
CREATE INDEX "AuditEntry_patientId_idx" ON "AuditEntry"("patientId");

-- CreateIndex
CREATE INDEX "AuditEntry_campaignId_idx" ON "AuditEntry"("campaignId");

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");

-- The audit log is append-only, whoever holds the connection.
CREATE TRIGGER "AuditEntry_no_update" BEFORE UPDATE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER "AuditEntry_no_delete" BEFORE DELETE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
