-- What a super admin has done of the first steps, or that nobody wants to see them any more: so it is where people write already.
ALTER TABLE "desk_settings" ADD COLUMN "first_steps" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
UPDATE "desk_settings" SET "first_steps" = ARRAY['dismissed'] WHERE EXISTS (SELECT 1 FROM "tickets");
