-- A missed call is owed a callback; staff see until when.
ALTER TABLE "tickets" ADD COLUMN "callback_due_at" TIMESTAMPTZ(3);
