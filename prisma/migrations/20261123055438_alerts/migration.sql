-- CreateTable
CREATE TABLE "Alert" (
    "kind" TEXT NOT NULL PRIMARY KEY,
    "since" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "detail" TEXT NOT NULL DEFAULT '',
    "told" BOOLEAN NOT NULL DEFAULT false
);
