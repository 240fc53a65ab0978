-- What the proof behind a ticket's owner vouches for. Existing tickets: a mailbox vouches for its address; a trusted backend for
-- what its newest token said about the person.
ALTER TABLE "tickets" ADD COLUMN "proven_email" VARCHAR(255), ADD COLUMN "proven_name" VARCHAR(120);

UPDATE "tickets" SET "proven_email" = substr("owner_key", 6) WHERE "owner_key" LIKE 'mail:%';

UPDATE "tickets" t SET "proven_email" = s."email", "proven_name" = s."name"
  FROM (SELECT DISTINCT ON ("owner_key") "owner_key", "email", "name" FROM "donor_sessions"
         WHERE "owner_key" LIKE 'jwt:%' ORDER BY "owner_key", "last_seen_at" DESC) s
 WHERE t."owner_key" = s."owner_key";
