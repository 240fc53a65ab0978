-- On which tickets a member of staff has written: GET /messages/between asks. Donors are found by their tickets, so only
-- what staff write pays for this index.
CREATE INDEX "messages_by_staff" ON "messages" ("sender_id", "ticket_id") WHERE "sender_type" = 'admin';
