-- What a line of the server says, as key and parameters. Both without a default: no row is rewritten.
ALTER TABLE "messages"
  ADD COLUMN "system_key" VARCHAR(40),
  ADD COLUMN "system_params" JSONB;
