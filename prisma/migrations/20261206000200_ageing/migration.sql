-- After how many days resolved tickets are closed, and closed ones deleted; null: never.
ALTER TABLE "desk_settings"
  ADD COLUMN "auto_close_days" SMALLINT,
  ADD COLUMN "retention_days" SMALLINT;
