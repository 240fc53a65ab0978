-- What ends all tokens of a member of staff draws a line in time: tokens of trusted backends that were issued before are refused.
ALTER TABLE "users" ADD COLUMN "tokens_valid_after" TIMESTAMPTZ(3);

-- A token without a time of issue counted as issued when it ended; nothing is newer than such a time.
UPDATE "users" SET "delegated_at" = now() WHERE "delegated_at" > now();
