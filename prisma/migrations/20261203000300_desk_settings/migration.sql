-- What the charity says of its desk: one row. Until somebody sets them, names and colours are the product's.
CREATE TABLE "desk_settings" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "name" VARCHAR(60),
    "colour" VARCHAR(7),
    "logo" VARCHAR(40),
    "greetings" JSONB NOT NULL DEFAULT '{}',
    "expected_reply_minutes" INTEGER,
    "time_zone" VARCHAR(64) NOT NULL DEFAULT 'UTC',
    "hours" JSONB NOT NULL DEFAULT '[]',
    "holidays" JSONB NOT NULL DEFAULT '[]',
    "widget_origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "desk_settings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "desk_settings_one_row_check" CHECK ("id" = 1)
);
INSERT INTO "desk_settings" ("id") VALUES (1);
