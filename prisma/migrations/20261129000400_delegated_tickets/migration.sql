-- Somebody whom a trusted backend or the desk itself knows needs no email to open a ticket.
ALTER TABLE "tickets" ALTER COLUMN "donor_email" DROP NOT NULL;

-- Staff can correct the address. Such an address is written to, but opens the conversation to nobody.
ALTER TABLE "tickets" ADD COLUMN "donor_email_corrected" BOOLEAN NOT NULL DEFAULT false;

-- Who opened it, in the words of the trusted backend's token.
ALTER TABLE "tickets" ADD COLUMN "donor_role" VARCHAR(10);
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_donor_role_check"
  CHECK ("donor_role" IN ('TEMP_USER', 'CUSTOMER', 'AGENT', 'ADMIN'));
