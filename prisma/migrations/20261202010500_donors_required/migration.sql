-- Contract: every ticket refers to its donor, and every session but the one that keeps ended tokens of an erased person worthless.
-- Each lock that readers would notice is held for a moment; what reads whole tables holds none of these.
-- step: what nothing refers to was left by writes during the backfill
DO $$
BEGIN
  LOOP
    BEGIN
      DELETE FROM "donors" d
       WHERE NOT EXISTS (SELECT 1 FROM "tickets" t WHERE t."donor_uuid" = d."id")
         AND NOT EXISTS (SELECT 1 FROM "donor_sessions" s WHERE s."donor_uuid" = d."id");
      RETURN;
    EXCEPTION WHEN foreign_key_violation OR deadlock_detected THEN
      -- Somebody has come back at this moment.
    END;
  END LOOP;
END $$;
-- step
ALTER TABLE "donor_sessions" VALIDATE CONSTRAINT "donor_sessions_donor_uuid_fkey";
-- step
ALTER TABLE "tickets" VALIDATE CONSTRAINT "tickets_donor_uuid_fkey";
-- step
ALTER TABLE "donor_sessions" DROP CONSTRAINT IF EXISTS "donor_sessions_donor_check",
  ADD CONSTRAINT "donor_sessions_donor_check"
    CHECK ("donor_uuid" IS NOT NULL OR ("owner_key" IS NULL AND "token_hash" IS NULL)) NOT VALID;
-- step
ALTER TABLE "donor_sessions" VALIDATE CONSTRAINT "donor_sessions_donor_check";
-- step
ALTER TABLE "tickets" DROP CONSTRAINT IF EXISTS "tickets_donor_check",
  ADD CONSTRAINT "tickets_donor_check" CHECK ("donor_uuid" IS NOT NULL) NOT VALID;
-- step
ALTER TABLE "tickets" VALIDATE CONSTRAINT "tickets_donor_check";
-- step: the constraint proves it, so that no row is read again
ALTER TABLE "tickets" ALTER COLUMN "donor_uuid" SET NOT NULL;
-- step
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_donor_check";
