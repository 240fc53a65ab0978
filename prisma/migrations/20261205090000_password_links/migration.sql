-- Links by which people set a password: invitations, which become an account, and resets of an account that exists.
CREATE TABLE "password_links" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_id" INTEGER,
    "invited_by_id" INTEGER,
    "email" VARCHAR(255),
    "name" VARCHAR(120),
    "role" VARCHAR(20),
    "team" VARCHAR(20),
    "mail" VARCHAR(10),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_links_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "password_links_one_kind_check" CHECK (num_nonnulls("user_id", "invited_by_id") <= 1)
);
CREATE UNIQUE INDEX "password_links_token_hash_key" ON "password_links"("token_hash");
CREATE INDEX "password_links_user_id_idx" ON "password_links"("user_id");
CREATE INDEX "password_links_expires_at_idx" ON "password_links"("expires_at");

ALTER TABLE "password_links"
  ADD CONSTRAINT "password_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "password_links_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whether links that set a password may go to somebody's address: not to one that they have changed without their password.
ALTER TABLE "users" ADD COLUMN "email_trusted" BOOLEAN NOT NULL DEFAULT true;
