-- What a member of staff has written on a ticket and not sent yet: one reply and one note each, on all their devices.
CREATE TABLE "drafts" (
    "ticket_id" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "content" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("ticket_id", "user_id", "kind"),
    CONSTRAINT "drafts_kind_check" CHECK ("kind" IN ('reply', 'note'))
);
CREATE INDEX "drafts_user_id_idx" ON "drafts"("user_id");

ALTER TABLE "drafts"
  ADD CONSTRAINT "drafts_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "drafts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
