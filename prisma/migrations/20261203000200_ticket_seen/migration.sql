-- Up to where each side has something to read, and how far each reader has come. What was written before counts as read: the
-- constant defaults rewrite no row. Nodes of the version before write neither column, so what comes through them is not unread.
ALTER TABLE "tickets"
  ADD COLUMN "last_donor_seq" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "last_staff_seq" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "ticket_seen" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "ticket_id" UUID NOT NULL,
    "user_id" INTEGER,
    "session_id" UUID,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_seen_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ticket_seen_one_reader_check" CHECK (num_nonnulls("user_id", "session_id") = 1)
);
CREATE UNIQUE INDEX "ticket_seen_ticket_id_user_id_key" ON "ticket_seen"("ticket_id", "user_id");
CREATE UNIQUE INDEX "ticket_seen_ticket_id_session_id_key" ON "ticket_seen"("ticket_id", "session_id");
CREATE INDEX "ticket_seen_user_id_idx" ON "ticket_seen"("user_id");
CREATE INDEX "ticket_seen_session_id_idx" ON "ticket_seen"("session_id");

ALTER TABLE "ticket_seen"
  ADD CONSTRAINT "ticket_seen_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "ticket_seen_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "ticket_seen_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "donor_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
