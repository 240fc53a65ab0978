-- Before tickets had their triggers, a node of the version before could give a guest's ticket to a proven identity and leave the
-- session a guest's; so could a process that ended between the two. The session belongs to who has taken its first ticket over.
-- step
DO $$
DECLARE
  last UUID := '00000000-0000-0000-0000-000000000000';
  ids UUID[];
BEGIN
  LOOP
    ids := ARRAY(SELECT "id" FROM "donor_sessions" WHERE "id" > last AND "owner_key" IS NULL AND "donor_uuid" = "id" ORDER BY "id" LIMIT 2000);
    EXIT WHEN ids = '{}';
    BEGIN
      UPDATE "donor_sessions" s SET "donor_uuid" = "taken"."donor_uuid"
        FROM (SELECT DISTINCT ON (t."donor_session_id") t."donor_session_id", t."donor_uuid" FROM "tickets" t
               WHERE t."donor_session_id" = ANY(ids) AND t."owner_key" IS NOT NULL
               ORDER BY t."donor_session_id", t."created_at") "taken"
       WHERE s."id" = "taken"."donor_session_id" AND s."owner_key" IS NULL AND s."donor_uuid" = s."id";
    EXCEPTION WHEN foreign_key_violation OR deadlock_detected THEN
      CONTINUE;
    END;
    last := ids[cardinality(ids)];
    COMMIT;
  END LOOP;
END $$;
