-- Stored answers can be found by what their request named, so that they are erased with it. Keys are kept as hashes.
ALTER TABLE "idempotency_keys" ADD COLUMN "about" UUID[] DEFAULT ARRAY[]::UUID[];
UPDATE "idempotency_keys" SET "key" = encode(sha256(convert_to("key", 'UTF8')), 'hex');
