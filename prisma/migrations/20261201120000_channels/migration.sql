-- By which way a ticket or a message came, and what it is called there. Rows of before came by the API, or nobody knows.
ALTER TABLE "tickets"
  ADD COLUMN "channel" VARCHAR(10) NOT NULL DEFAULT 'api',
  ADD COLUMN "external_id" VARCHAR(255),
  ADD CONSTRAINT "tickets_channel_check" CHECK ("channel" IN ('widget', 'api', 'email', 'discord', 'dashboard'));
CREATE UNIQUE INDEX "tickets_external_id" ON "tickets" ("channel", "external_id") WHERE "external_id" IS NOT NULL;
ALTER TABLE "messages"
  ADD COLUMN "channel" VARCHAR(10) NOT NULL DEFAULT 'api',
  ADD COLUMN "external_id" VARCHAR(255),
  ADD CONSTRAINT "messages_channel_check" CHECK ("channel" IN ('widget', 'api', 'email', 'discord', 'dashboard'));
CREATE UNIQUE INDEX "messages_external_id" ON "messages" ("channel", "external_id") WHERE "external_id" IS NOT NULL;
