-- One notification on its way to one person by one channel.
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "key" VARCHAR(200) NOT NULL,
    "ticket_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "channel" VARCHAR(10) NOT NULL,
    "recipient" VARCHAR(30) NOT NULL,
    "message_id" UUID,
    "actor_name" VARCHAR(120),
    "state" VARCHAR(10) NOT NULL DEFAULT 'waiting',
    "reason" VARCHAR(100),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "done_to" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "deliveries_key_key" ON "deliveries"("key");
CREATE INDEX "deliveries_ticket_id_kind_created_at_idx" ON "deliveries"("ticket_id", "kind", "created_at");
CREATE INDEX "deliveries_created_at_idx" ON "deliveries"("created_at");
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_ticket_id_fkey"
    FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_state_check"
    CHECK (state IN ('waiting', 'sending', 'sent', 'skipped', 'refused'));

-- What a member of staff wants to hear of.
CREATE TABLE "notification_settings" (
    "user_id" INTEGER NOT NULL,
    "choices" JSONB NOT NULL DEFAULT '{}',
    "quiet_hours" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What may be sent to an address.
CREATE TABLE "mail_addresses" (
    "address" VARCHAR(255) NOT NULL,
    "proven_at" TIMESTAMPTZ(3),
    "unsubscribed_at" TIMESTAMPTZ(3),
    "recent" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    CONSTRAINT "mail_addresses_pkey" PRIMARY KEY ("address")
);
