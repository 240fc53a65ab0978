-- Since when the donor waits for staff; null while nobody at the desk owes anything. A new ticket waits from its first moment: the
-- default holds for rows of nodes of the version before too, and not for those that were there before.
ALTER TABLE "tickets" ADD COLUMN "waiting_since" TIMESTAMPTZ(3);
ALTER TABLE "tickets" ALTER COLUMN "waiting_since" SET DEFAULT CURRENT_TIMESTAMP;

-- For nodes of the version before, which change the status and leave the column alone. After the update: a trigger before updates
-- would have every update of a ticket compute the words of the search again.
CREATE FUNCTION "waiting_of_status"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "tickets" SET "waiting_since" = CASE WHEN NEW."waiting_since" IS NULL THEN now() END WHERE "id" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER "tickets_waiting_update" AFTER UPDATE OF "status" ON "tickets"
  FOR EACH ROW WHEN (
    NEW."status" <> OLD."status" AND NEW."waiting_since" IS NOT DISTINCT FROM OLD."waiting_since"
    AND CASE WHEN NEW."waiting_since" IS NULL
      THEN OLD."status" IN ('waiting_for_donor', 'resolved', 'closed', 'cancelled') AND NEW."status" IN ('new', 'pending')
      ELSE NEW."status" IN ('waiting_for_donor', 'resolved', 'closed', 'cancelled')
    END)
  EXECUTE FUNCTION "waiting_of_status"();
