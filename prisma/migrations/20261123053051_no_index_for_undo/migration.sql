-- DropIndex
DROP INDEX "Message_patientId_idx";
