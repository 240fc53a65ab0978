-- In a migration of its own: one that locks two tables can stand across the way of requests that need both.
CREATE TRIGGER "donor_sessions_forget_donor" AFTER DELETE OR UPDATE OF "donor_uuid", "owner_key" ON "donor_sessions"
  FOR EACH ROW WHEN (OLD."donor_uuid" IS NOT NULL) EXECUTE FUNCTION "forget_donor"();
