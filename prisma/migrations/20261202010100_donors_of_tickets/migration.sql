ALTER TABLE "tickets"
  ADD COLUMN "donor_uuid" UUID,
  ADD CONSTRAINT "tickets_donor_uuid_fkey" FOREIGN KEY ("donor_uuid") REFERENCES "donors"("id")
    ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- For nodes of the version before, as those of donor_sessions. A guest's session and its first ticket are inserted by one
-- statement, in either order: both know the guest by the id of the session.
CREATE FUNCTION "donor_of_ticket"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."owner_key" IS NOT NULL THEN
    NEW."donor_uuid" := "donor_of_key"(NEW."owner_key", NEW."proven_email", NEW."proven_name");
    RETURN NEW;
  END IF;
  SELECT s."donor_uuid" INTO NEW."donor_uuid" FROM "donor_sessions" s WHERE s."id" = NEW."donor_session_id" FOR SHARE;
  IF NEW."donor_uuid" IS NULL THEN
    NEW."donor_uuid" := coalesce(NEW."donor_session_id", gen_random_uuid());
    INSERT INTO "donors" ("id", "email", "name") VALUES (NEW."donor_uuid", NEW."donor_email", NEW."donor_name")
    ON CONFLICT ("id") DO NOTHING;
  END IF;
  RETURN NEW;
END $$;

-- A guest's ticket that a proven identity takes over, by a node of the version before. After the update: a trigger before updates
-- would have every update of a ticket compute the words of the search again.
CREATE FUNCTION "donor_of_upgrade"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  proven UUID := "donor_of_key"(NEW."owner_key", NEW."proven_email", NEW."proven_name");
BEGIN
  UPDATE "tickets" SET "donor_uuid" = proven WHERE "id" = NEW."id";
  UPDATE "donor_sessions" SET "donor_uuid" = proven
   WHERE "id" = NEW."donor_session_id" AND "owner_key" IS NULL AND "donor_uuid" IS NOT DISTINCT FROM OLD."donor_uuid";
  RETURN NULL;
END $$;

CREATE TRIGGER "tickets_donor_insert" BEFORE INSERT ON "tickets"
  FOR EACH ROW WHEN (NEW."donor_uuid" IS NULL) EXECUTE FUNCTION "donor_of_ticket"();
CREATE TRIGGER "tickets_donor_update" AFTER UPDATE OF "owner_key" ON "tickets"
  FOR EACH ROW WHEN (NEW."owner_key" IS NOT NULL AND NEW."owner_key" IS DISTINCT FROM OLD."owner_key"
                     AND NEW."donor_uuid" IS NOT DISTINCT FROM OLD."donor_uuid")
  EXECUTE FUNCTION "donor_of_upgrade"();

-- What is known of a person goes with the last ticket or session that refers to it, whoever deletes that. This one stays.
CREATE FUNCTION "forget_donor"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "donors" d WHERE d."id" = OLD."donor_uuid"
    AND NOT EXISTS (SELECT 1 FROM "tickets" t WHERE t."donor_uuid" = d."id")
    AND NOT EXISTS (SELECT 1 FROM "donor_sessions" s WHERE s."donor_uuid" = d."id");
  RETURN NULL;
END $$;

CREATE TRIGGER "tickets_forget_donor" AFTER DELETE OR UPDATE OF "donor_uuid" ON "tickets"
  FOR EACH ROW WHEN (OLD."donor_uuid" IS NOT NULL) EXECUTE FUNCTION "forget_donor"();
