-- How many emails each reader has had about a ticket in the last day; goes with the ticket.
CREATE TABLE "ticket_mails" (
  "ticket_id" UUID NOT NULL,
  "reader" VARCHAR(30) NOT NULL,
  "recent" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
  CONSTRAINT "ticket_mails_pkey" PRIMARY KEY ("ticket_id", "reader")
);
ALTER TABLE "ticket_mails" ADD CONSTRAINT "ticket_mails_ticket_id_fkey"
  FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
