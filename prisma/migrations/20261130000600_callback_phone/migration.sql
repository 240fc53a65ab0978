-- The number at which a donor wants to be called back, and the list of callbacks, longest due first.
ALTER TABLE "tickets" ADD COLUMN "callback_phone" VARCHAR(40);
CREATE INDEX "tickets_callbacks" ON "tickets" ("callback_due_at", "id") WHERE "callback_due_at" IS NOT NULL;
