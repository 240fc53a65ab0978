-- Who owns a ticket is a proven identity, never the donorId or the mail address that somebody typed.
ALTER TABLE "tickets" ADD COLUMN "owner_key" TEXT;
ALTER TABLE "donor_sessions" ALTER COLUMN "token_hash" DROP NOT NULL,
  ADD COLUMN "owner_key" TEXT,
  ADD COLUMN "expires_at" TIMESTAMPTZ(3);
ALTER TABLE "users" ADD COLUMN "delegated_at" TIMESTAMPTZ(3);

CREATE TABLE "donor_links" (
    "id" UUID NOT NULL,
    "mailbox" VARCHAR(255) NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "donor_links_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "donor_links_token_hash_key" ON "donor_links"("token_hash");
CREATE INDEX "donor_links_mailbox_created_at_idx" ON "donor_links"("mailbox", "created_at");
CREATE INDEX "donor_links_created_at_idx" ON "donor_links"("created_at");

-- Most tickets are guests': the index of owners holds only the others.
CREATE INDEX "tickets_owner" ON "tickets" ("owner_key", "created_at" DESC, "id" DESC) WHERE "owner_key" IS NOT NULL;
-- Who has proven a mailbox sees its tickets. Only ASCII is folded: Unicode's cases would make strangers' addresses equal.
CREATE INDEX "tickets_mailbox" ON "tickets" (lower("donor_email" COLLATE "C"), "created_at" DESC, "id" DESC);
