-- Says of the tickets that were there before since when their donors wait: since the first message after the last reply of staff,
-- or since they were opened where nobody has replied. A thousand in each transaction; it may run again.
-- step
DO $$
DECLARE
  last UUID := '00000000-0000-0000-0000-000000000000';
  ids UUID[];
BEGIN
  LOOP
    ids := ARRAY(SELECT "id" FROM "tickets"
                  WHERE "id" > last AND "status" IN ('new', 'pending', 'active_call', 'transferred') ORDER BY "id" LIMIT 1000);
    EXIT WHEN ids = '{}';
    UPDATE "tickets" t
       SET "waiting_since" = CASE WHEN "found"."replied_at" IS NULL THEN t."created_at"
                                  ELSE coalesce("found"."asked_at", "found"."replied_at") END
      FROM (
        SELECT b."id", r."created_at" AS "replied_at",
               (SELECT min(m."created_at") FROM "messages" m
                 WHERE m."ticket_id" = b."id" AND m."sender_type" = 'donor' AND m."seq" > r."seq") AS "asked_at"
          FROM unnest(ids) AS b ("id")
          LEFT JOIN LATERAL (SELECT m."seq", m."created_at" FROM "messages" m
                              WHERE m."ticket_id" = b."id" AND m."sender_type" = 'admin' AND m."message_type" = 'text'
                              ORDER BY m."seq" DESC LIMIT 1) r ON true
      ) "found"
     WHERE t."id" = "found"."id" AND t."waiting_since" IS NULL AND t."status" IN ('new', 'pending', 'active_call', 'transferred');
    last := ids[cardinality(ids)];
    COMMIT;
  END LOOP;
END $$;
