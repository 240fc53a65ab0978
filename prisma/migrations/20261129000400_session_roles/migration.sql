-- The role in the token that was traded for the session; tickets opened in it carry it.
ALTER TABLE "donor_sessions" ADD COLUMN "donor_role" VARCHAR(10);
ALTER TABLE "donor_sessions" ADD CONSTRAINT "donor_sessions_donor_role_check" CHECK ("donor_role" IN ('TEMP_USER', 'CUSTOMER'));
