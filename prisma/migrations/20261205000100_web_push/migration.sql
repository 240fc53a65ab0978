-- Browsers of staff that take pushes without an account at a vendor. Apart from devices: the version before would send these to FCM,
-- and forget them when that knows no such token.
CREATE TABLE "web_push_subscriptions" (
    "id" UUID NOT NULL,
    "endpoint" VARCHAR(2000) NOT NULL,
    "p256dh" VARCHAR(100) NOT NULL,
    "auth" VARCHAR(50) NOT NULL,
    "user_id" INTEGER NOT NULL,
    "login_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "web_push_subscriptions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "web_push_subscriptions_endpoint_key" ON "web_push_subscriptions"("endpoint");
CREATE INDEX "web_push_subscriptions_user_id_idx" ON "web_push_subscriptions"("user_id");
CREATE INDEX "web_push_subscriptions_login_id_idx" ON "web_push_subscriptions"("login_id");
ALTER TABLE "web_push_subscriptions" ADD CONSTRAINT "web_push_subscriptions_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "web_push_subscriptions" ADD CONSTRAINT "web_push_subscriptions_login_id_fkey"
    FOREIGN KEY ("login_id") REFERENCES "staff_logins"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The key pair that tells push services who sends: one row, made by the first process that needs it.
CREATE TABLE "web_push_keys" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "public_key" VARCHAR(100) NOT NULL,
    "private_key" VARCHAR(200) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "web_push_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "web_push_keys_one_row_check" CHECK ("id" = 1)
);

-- Which sounds a member of staff wants. What is not in it is on.
ALTER TABLE "notification_settings" ADD COLUMN "sounds" JSONB NOT NULL DEFAULT '{}';
