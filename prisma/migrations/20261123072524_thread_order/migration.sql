-- CreateIndex
CREATE INDEX "Post_threadOf_id_idx" ON "Post"("threadOf", "id");
