-- One row for each login of staff. It says how strong the login is; refresh tokens belong to it.
CREATE TABLE "staff_logins" (
    "id" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "second_factor" BOOLEAN NOT NULL DEFAULT false,
    "user_agent" VARCHAR(400),
    "address" VARCHAR(45),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "staff_logins_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "staff_logins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "staff_logins_user_id_idx" ON "staff_logins"("user_id");

-- Nothing says whether a login that exists was made with a second factor. People who have one sign in again.
DELETE FROM "refresh_tokens" t USING "users" u WHERE u.id = t.user_id AND u.totp_confirmed_at IS NOT NULL;
INSERT INTO "staff_logins" ("id", "user_id", "created_at", "last_used_at")
SELECT family_id, user_id, min(created_at), max(created_at) FROM "refresh_tokens" GROUP BY family_id, user_id;

ALTER TABLE "refresh_tokens" RENAME COLUMN "family_id" TO "login_id";
ALTER INDEX "refresh_tokens_family_id_idx" RENAME TO "refresh_tokens_login_id_idx";
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_login_id_fkey"
  FOREIGN KEY ("login_id") REFERENCES "staff_logins"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "refresh_tokens" DROP COLUMN "user_id";
