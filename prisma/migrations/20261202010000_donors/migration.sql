-- A person outside is one row: one for each proven identity, one for each guest's session. Expand: the reference is optional here.
CREATE TABLE "donors" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "owner_key" TEXT,
    "email" VARCHAR(255),
    "name" VARCHAR(120),
    "verified_at" TIMESTAMPTZ(3),
    "locale" VARCHAR(35),
    "time_zone" VARCHAR(64),
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "donors_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "donors_proof_check" CHECK (("owner_key" IS NULL) = ("verified_at" IS NULL))
);
CREATE UNIQUE INDEX "donors_owner_key_key" ON "donors"("owner_key");

ALTER TABLE "donor_sessions"
  ADD COLUMN "donor_uuid" UUID,
  ADD CONSTRAINT "donor_sessions_donor_uuid_fkey" FOREIGN KEY ("donor_uuid") REFERENCES "donors"("id")
    ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- Nodes of the version before write during an upgrade, and know no donors: triggers give their rows the reference. Whoever gives
-- it is not touched by them. The release after this one drops them.
CREATE FUNCTION "donor_of_key"(key TEXT, proven_email TEXT, proven_name TEXT) RETURNS UUID LANGUAGE sql AS $$
  INSERT INTO "donors" ("owner_key", "email", "name", "verified_at") VALUES (key, proven_email, proven_name, now())
  ON CONFLICT ("owner_key") DO UPDATE SET "updated_at" = excluded."updated_at"
  RETURNING "id"
$$;

CREATE FUNCTION "donor_of_session"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."owner_key" IS NOT NULL THEN
    NEW."donor_uuid" := "donor_of_key"(NEW."owner_key", NEW."email", NEW."name");
  ELSIF NEW."token_hash" IS NULL THEN
    NEW."donor_uuid" := NULL;
  ELSE
    INSERT INTO "donors" ("id", "email", "name") VALUES (NEW."id", NEW."email", NEW."name") ON CONFLICT ("id") DO NOTHING;
    NEW."donor_uuid" := NEW."id";
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "donor_sessions_donor_insert" BEFORE INSERT ON "donor_sessions"
  FOR EACH ROW WHEN (NEW."donor_uuid" IS NULL) EXECUTE FUNCTION "donor_of_session"();
CREATE TRIGGER "donor_sessions_donor_update" BEFORE UPDATE OF "owner_key" ON "donor_sessions"
  FOR EACH ROW WHEN (NEW."owner_key" IS DISTINCT FROM OLD."owner_key" AND NEW."donor_uuid" IS NOT DISTINCT FROM OLD."donor_uuid")
  EXECUTE FUNCTION "donor_of_session"();
