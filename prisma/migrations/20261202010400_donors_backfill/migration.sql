-- Gives the rows that were there before their donors, some thousand in each transaction: requests go on, and none waits longer
-- than one batch takes. Every step may run again; it does what is left. A batch that meets an erasure or a sign-in of the moment
-- is repeated.
-- step
SET lock_timeout = '60s';
-- step: proven identities that have sessions, as their newest session describes them
DO $$
DECLARE
  last TEXT := '';
  keys TEXT[];
BEGIN
  LOOP
    keys := ARRAY(SELECT DISTINCT "owner_key" FROM "donor_sessions" WHERE "owner_key" > last ORDER BY "owner_key" LIMIT 1000);
    EXIT WHEN keys = '{}';
    INSERT INTO "donors" ("owner_key", "email", "name", "verified_at", "created_at")
    SELECT DISTINCT ON (s."owner_key") s."owner_key", s."email", s."name", coalesce(s."verified_at", s."created_at"), s."created_at"
      FROM "donor_sessions" s WHERE s."owner_key" = ANY(keys) ORDER BY s."owner_key", s."last_seen_at" DESC
    ON CONFLICT ("owner_key") DO NOTHING;
    last := keys[cardinality(keys)];
    COMMIT;
  END LOOP;
END $$;
-- step: proven identities that only tickets know
DO $$
DECLARE
  last TEXT := '';
  keys TEXT[];
BEGIN
  LOOP
    keys := ARRAY(SELECT DISTINCT "owner_key" FROM "tickets" WHERE "owner_key" > last ORDER BY "owner_key" LIMIT 1000);
    EXIT WHEN keys = '{}';
    INSERT INTO "donors" ("owner_key", "email", "name", "verified_at", "created_at")
    SELECT DISTINCT ON (t."owner_key") t."owner_key", t."proven_email", t."proven_name", t."created_at", t."created_at"
      FROM "tickets" t WHERE t."owner_key" = ANY(keys) ORDER BY t."owner_key", t."created_at" DESC
    ON CONFLICT ("owner_key") DO NOTHING;
    last := keys[cardinality(keys)];
    COMMIT;
  END LOOP;
END $$;
-- step: for the plans of what follows
ANALYZE "donors";
-- step: sessions. A guest's belongs to the identity that has taken its first ticket over, if one has.
DO $$
DECLARE
  last UUID := '00000000-0000-0000-0000-000000000000';
  ids UUID[];
BEGIN
  LOOP
    ids := ARRAY(SELECT "id" FROM "donor_sessions" WHERE "id" > last ORDER BY "id" LIMIT 2000);
    EXIT WHEN ids = '{}';
    BEGIN
      WITH "batch" AS MATERIALIZED (
        SELECT s."id", s."owner_key", s."email", s."name", s."created_at", d."id" AS "proven"
          FROM "donor_sessions" s
          LEFT JOIN LATERAL (SELECT t."owner_key" FROM "tickets" t
                              WHERE s."owner_key" IS NULL AND t."donor_session_id" = s."id" AND t."owner_key" IS NOT NULL
                              ORDER BY t."created_at" LIMIT 1) "taken" ON true
          LEFT JOIN "donors" d ON d."owner_key" = coalesce(s."owner_key", "taken"."owner_key")
         WHERE s."id" = ANY(ids) AND s."donor_uuid" IS NULL AND (s."owner_key" IS NOT NULL OR s."token_hash" IS NOT NULL)
      ), "guests" AS (
        INSERT INTO "donors" ("id", "email", "name", "created_at")
        SELECT "id", "email", "name", "created_at" FROM "batch" WHERE "proven" IS NULL ON CONFLICT ("id") DO NOTHING
      )
      UPDATE "donor_sessions" s SET "donor_uuid" = coalesce("batch"."proven", s."id")
        FROM "batch"
       WHERE s."id" = "batch"."id" AND s."donor_uuid" IS NULL AND s."owner_key" IS NOT DISTINCT FROM "batch"."owner_key";
    EXCEPTION WHEN foreign_key_violation OR deadlock_detected THEN
      CONTINUE;
    END;
    last := ids[cardinality(ids)];
    COMMIT;
  END LOOP;
END $$;
-- step
ANALYZE "donors";
-- step
ANALYZE "donor_sessions";
-- step: tickets. One without an identity and without a session is a guest's of its own.
DO $$
DECLARE
  last UUID := '00000000-0000-0000-0000-000000000000';
  ids UUID[];
BEGIN
  LOOP
    ids := ARRAY(SELECT "id" FROM "tickets" WHERE "id" > last ORDER BY "id" LIMIT 1000);
    EXIT WHEN ids = '{}';
    BEGIN
      WITH "batch" AS MATERIALIZED (
        SELECT t."id", t."donor_email", t."donor_name", t."created_at", gen_random_uuid() AS "guest",
               CASE WHEN t."owner_key" IS NULL THEN s."donor_uuid" ELSE d."id" END AS "known"
          FROM "tickets" t
          LEFT JOIN "donors" d ON d."owner_key" = t."owner_key"
          LEFT JOIN "donor_sessions" s ON s."id" = t."donor_session_id"
         WHERE t."id" = ANY(ids) AND t."donor_uuid" IS NULL
      ), "guests" AS (
        INSERT INTO "donors" ("id", "email", "name", "created_at")
        SELECT "guest", "donor_email", "donor_name", "created_at" FROM "batch" WHERE "known" IS NULL
      )
      UPDATE "tickets" t SET "donor_uuid" = coalesce("batch"."known", "batch"."guest")
        FROM "batch" WHERE t."id" = "batch"."id" AND t."donor_uuid" IS NULL;
    EXCEPTION WHEN foreign_key_violation OR deadlock_detected THEN
      CONTINUE;
    END;
    last := ids[cardinality(ids)];
    COMMIT;
  END LOOP;
END $$;
