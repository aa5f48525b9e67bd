-- CreateTable
CREATE TABLE "Redaction" (
    "sid" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);
