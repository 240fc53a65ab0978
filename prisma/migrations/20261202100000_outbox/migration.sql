-- Events of other streams than tickets, whose rows are an outbox of their own. A row goes when its reactions are jobs.
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "stream_type" VARCHAR(20) NOT NULL,
    "stream_id" VARCHAR(64) NOT NULL,
    "type" VARCHAR(40) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);
