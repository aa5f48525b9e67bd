-- INSERT OR REPLACE would change a row without asking the triggers that forbid changing and deleting.
CREATE TRIGGER "AuditEntry_no_replace" BEFORE INSERT ON "AuditEntry"
WHEN EXISTS (SELECT 1 FROM "AuditEntry" WHERE "id" = NEW."id")
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
