-- The board asks for the newest tickets that nobody owns. PostgreSQL does not see that IS NULL fixes a column, and would
-- sort (or walk) all of them; this index has them in order.
CREATE INDEX "tickets_unowned" ON "tickets" ("status", "updated_at" DESC, "id" DESC) WHERE "admin_id" IS NULL;
