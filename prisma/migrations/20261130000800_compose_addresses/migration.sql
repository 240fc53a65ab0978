-- Addresses and names are written and compared in Unicode's composed form (NFC). Those that are stored in another form become
-- composed too, with what is derived from them: the keys of proven mailboxes, and the ids of donors who are known by their mailbox.
UPDATE "tickets"
   SET "donor_email" = normalize("donor_email", NFC), "proven_email" = normalize("proven_email", NFC),
       "proven_name" = left(normalize("proven_name", NFC), 120)
 WHERE ("donor_email" IS NOT NFC NORMALIZED OR "proven_email" IS NOT NFC NORMALIZED OR "proven_name" IS NOT NFC NORMALIZED)
   AND coalesce(length(normalize("donor_email", NFC)), 0) <= 255 AND coalesce(length(normalize("proven_email", NFC)), 0) <= 255;

UPDATE "tickets"
   SET "related_skills" = ARRAY(
         SELECT "skill" FROM (SELECT normalize("one", NFC) AS "skill", min("place") AS "place"
                                FROM unnest("related_skills") WITH ORDINALITY AS "given"("one", "place") GROUP BY 1) AS "composed"
          ORDER BY "place")
 WHERE EXISTS (SELECT 1 FROM unnest("related_skills") AS "one" WHERE "one" IS NOT NFC NORMALIZED);

UPDATE "donor_sessions"
   SET "email" = normalize("email", NFC), "name" = left(normalize("name", NFC), 120)
 WHERE ("email" IS NOT NFC NORMALIZED OR "name" IS NOT NFC NORMALIZED) AND coalesce(length(normalize("email", NFC)), 0) <= 255;

-- Keys of proven mailboxes. Several sessions may have one key: what was proven in either form is one identity from now on.
UPDATE "tickets" SET "owner_key" = normalize("owner_key", NFC) WHERE "owner_key" LIKE 'mail:%' AND "owner_key" IS NOT NFC NORMALIZED;
UPDATE "donor_sessions" SET "owner_key" = normalize("owner_key", NFC)
 WHERE "owner_key" LIKE 'mail:%' AND "owner_key" IS NOT NFC NORMALIZED;

UPDATE "donor_sessions" SET "donor_id" = normalize("donor_id", NFC)
 WHERE "donor_id" IS NOT NFC NORMALIZED AND "owner_key" = 'mail:' || lower(normalize("donor_id", NFC) COLLATE "C");
UPDATE "tickets" SET "donor_id" = normalize("donor_id", NFC)
 WHERE "donor_id" IS NOT NFC NORMALIZED AND "owner_key" = 'mail:' || lower(normalize("donor_id", NFC) COLLATE "C");
UPDATE "messages" AS m SET "sender_id" = t."donor_id"
  FROM "tickets" AS t
 WHERE m."ticket_id" = t."id" AND t."owner_key" LIKE 'mail:%' AND m."sender_type" = 'donor'
   AND m."sender_id" IS NOT NFC NORMALIZED AND normalize(m."sender_id", NFC) = t."donor_id"
   AND NOT EXISTS (SELECT 1 FROM "messages" AS o
                    WHERE o."ticket_id" = m."ticket_id" AND o."sender_id" = t."donor_id" AND o."client_message_id" = m."client_message_id");

UPDATE "donor_links" SET "mailbox" = normalize("mailbox", NFC)
 WHERE "mailbox" IS NOT NFC NORMALIZED AND length(normalize("mailbox", NFC)) <= 255;

-- One address is one row: who unsubscribed in either form stays unsubscribed, and the emails of both count.
WITH "gone" AS (
  DELETE FROM "mail_addresses" WHERE "address" IS NOT NFC NORMALIZED AND length(normalize("address", NFC)) <= 255 RETURNING *
), "composed" AS (
  SELECT normalize("address", NFC) AS "address", max("proven_at") AS "proven_at", max("unsubscribed_at") AS "unsubscribed_at"
    FROM "gone" GROUP BY 1
)
INSERT INTO "mail_addresses" AS "kept" ("address", "proven_at", "unsubscribed_at", "recent")
SELECT "address", "proven_at", "unsubscribed_at",
       ARRAY(SELECT "at" FROM "gone", unnest("gone"."recent") AS "at" WHERE normalize("gone"."address", NFC) = "composed"."address")
  FROM "composed"
ON CONFLICT ("address") DO UPDATE
   SET "proven_at" = greatest("kept"."proven_at", excluded."proven_at"),
       "unsubscribed_at" = greatest("kept"."unsubscribed_at", excluded."unsubscribed_at"),
       "recent" = "kept"."recent" || excluded."recent";

-- A skill that somebody has in both forms is one, with the greater proficiency.
WITH "gone" AS (DELETE FROM "user_skills" WHERE "skill" IS NOT NFC NORMALIZED RETURNING *)
INSERT INTO "user_skills" AS "kept" ("user_id", "skill", "proficiency")
SELECT "user_id", left(normalize("skill", NFC), 60), max("proficiency") FROM "gone" GROUP BY 1, 2
ON CONFLICT ("user_id", "skill") DO UPDATE SET "proficiency" = greatest("kept"."proficiency", excluded."proficiency");

UPDATE "messages" SET "sender_name" = left(normalize("sender_name", NFC), 120) WHERE "sender_name" IS NOT NFC NORMALIZED;
UPDATE "deliveries" SET "actor_name" = left(normalize("actor_name", NFC), 120) WHERE "actor_name" IS NOT NFC NORMALIZED;

-- Accounts of staff cannot become one: where somebody else has the composed address or username, theirs stays as it is.
DO $$
DECLARE
  person RECORD;
  other INT;
BEGIN
  FOR person IN SELECT "id", normalize("email", NFC) AS "email" FROM "users" WHERE "email" IS NOT NFC NORMALIZED ORDER BY "id" LOOP
    SELECT "id" INTO other FROM "users" WHERE lower("email") = lower(person."email") LIMIT 1;
    IF other IS NOT NULL THEN
      RAISE WARNING 'The email of user % stays as it is: written as usual it is that of user %. Give one of them another.', person."id", other;
    ELSIF length(person."email") <= 255 THEN
      UPDATE "users" SET "email" = person."email" WHERE "id" = person."id";
    END IF;
  END LOOP;
  FOR person IN SELECT "id", normalize("username", NFC) AS "username" FROM "users" WHERE "username" IS NOT NFC NORMALIZED ORDER BY "id" LOOP
    SELECT "id" INTO other FROM "users" WHERE "username" = person."username" LIMIT 1;
    IF other IS NOT NULL THEN
      RAISE WARNING 'The username of user % stays as it is: written as usual it is that of user %.', person."id", other;
    ELSIF length(person."username") <= 100 THEN
      UPDATE "users" SET "username" = person."username" WHERE "id" = person."id";
    END IF;
  END LOOP;
END $$;
