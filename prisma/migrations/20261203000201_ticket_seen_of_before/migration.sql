-- Open tickets count as read so far by their owner and their donor: the next message counts as one, not with all before it. Some
-- thousand in each transaction; a batch that meets an erasure of the moment is repeated.
-- step
DO $$
DECLARE
  last UUID := '00000000-0000-0000-0000-000000000000';
  ids UUID[];
BEGIN
  LOOP
    ids := ARRAY(SELECT "id" FROM "tickets" WHERE "id" > last ORDER BY "id" LIMIT 2000);
    EXIT WHEN ids = '{}';
    BEGIN
      INSERT INTO "ticket_seen" ("ticket_id", "user_id", "seq")
      SELECT "id", "admin_id", "last_seq" FROM "tickets"
       WHERE "id" = ANY(ids) AND "admin_id" IS NOT NULL AND "last_seq" > 0 AND "status" NOT IN ('resolved', 'closed', 'cancelled')
      ON CONFLICT ("ticket_id", "user_id") DO NOTHING;
      INSERT INTO "ticket_seen" ("ticket_id", "session_id", "seq")
      SELECT "id", "donor_session_id", "last_public_seq" FROM "tickets"
       WHERE "id" = ANY(ids) AND "donor_session_id" IS NOT NULL AND "last_public_seq" > 0
         AND "status" NOT IN ('resolved', 'closed', 'cancelled')
      ON CONFLICT ("ticket_id", "session_id") DO NOTHING;
    EXCEPTION WHEN foreign_key_violation OR deadlock_detected THEN
      CONTINUE;
    END;
    last := ids[cardinality(ids)];
    COMMIT;
  END LOOP;
END $$;
