-- When a used refresh token of this login was last accepted a second time, because the answer to its first use was lost.
ALTER TABLE "staff_logins" ADD COLUMN "repeated_at" TIMESTAMPTZ(3);
