-- Sessions of guests had no end. Those that exist get the time that a new one gets; use extends it from then on.
UPDATE "donor_sessions" SET "expires_at" = now() + interval '90 days'
 WHERE "expires_at" IS NULL AND "token_hash" IS NOT NULL AND "revoked_at" IS NULL;

-- All sessions of an identity can be ended at once. Most sessions are guests' and have none.
CREATE INDEX "donor_sessions_owner" ON "donor_sessions" ("owner_key") WHERE "owner_key" IS NOT NULL;
