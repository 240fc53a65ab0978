-- Numbers of tickets: TKT-YYYYMMDD-00001 from 1 each UTC day. A counter row a day would serialise every create on its lock;
-- one sequence and a base a day costs nothing. The base is drawn before the number, so numbers are unique and at least 1.
CREATE SEQUENCE "ticket_number" AS BIGINT;

CREATE FUNCTION "next_ticket_number"() RETURNS TEXT LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  today DATE := (now() AT TIME ZONE 'UTC')::date;
  start BIGINT;
  position TEXT;
BEGIN
  SELECT base INTO start FROM ticket_days WHERE day = today;
  IF start IS NULL THEN
    INSERT INTO ticket_days (day, base) VALUES (today, nextval('ticket_number')) ON CONFLICT (day) DO NOTHING;
    SELECT base INTO start FROM ticket_days WHERE day = today;
  END IF;
  position := (nextval('ticket_number') - start)::text;
  RETURN 'TKT-' || to_char(today, 'YYYYMMDD') || '-' || lpad(position, greatest(5, length(position)), '0');
END $$;

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "username" VARCHAR(100) NOT NULL,
    "password_hash" TEXT,
    "name" VARCHAR(120) NOT NULL,
    "email" VARCHAR(255),
    "role" VARCHAR(20) NOT NULL DEFAULT 'ADMIN',
    "team" VARCHAR(20) NOT NULL DEFAULT 'GENERAL',
    "avatar" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "availability" VARCHAR(10) NOT NULL DEFAULT 'offline',
    "capacity" INTEGER NOT NULL DEFAULT 20,
    "external_id" VARCHAR(255),
    "token_version" INTEGER NOT NULL DEFAULT 0,
    "last_assigned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_skills" (
    "user_id" INTEGER NOT NULL,
    "skill" VARCHAR(60) NOT NULL,
    "proficiency" INTEGER NOT NULL DEFAULT 3,

    CONSTRAINT "user_skills_pkey" PRIMARY KEY ("user_id","skill")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "donor_sessions" (
    "id" UUID NOT NULL,
    "donor_id" VARCHAR(255) NOT NULL,
    "email" VARCHAR(255),
    "name" VARCHAR(120),
    "token_hash" BYTEA NOT NULL,
    "issuer" VARCHAR(255),
    "verified_at" TIMESTAMPTZ(3),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "donor_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "token" VARCHAR(512) NOT NULL,
    "platform" VARCHAR(20) NOT NULL,
    "user_id" INTEGER,
    "donor_session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "id" UUID NOT NULL,
    "number" VARCHAR(24) NOT NULL DEFAULT next_ticket_number(),
    "donor_id" VARCHAR(255) NOT NULL,
    "donor_email" VARCHAR(255) NOT NULL,
    "donor_name" VARCHAR(120),
    "donor_session_id" UUID,
    "subject" VARCHAR(200),
    "description" TEXT,
    "category" VARCHAR(60),
    "priority" VARCHAR(10) NOT NULL DEFAULT 'medium',
    "status" VARCHAR(20) NOT NULL DEFAULT 'new',
    "team" VARCHAR(20) NOT NULL DEFAULT 'GENERAL',
    "admin_id" INTEGER,
    "call_requested" BOOLEAN NOT NULL DEFAULT false,
    "call_type" VARCHAR(10),
    "active_call_id" UUID,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "context" JSONB NOT NULL DEFAULT '{}',
    "summary" TEXT,
    "helpful_notes" TEXT,
    "related_skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "triaged_at" TIMESTAMPTZ(3),
    "rating" SMALLINT,
    "rating_comment" TEXT,
    "rated_at" TIMESTAMPTZ(3),
    "first_response_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" INTEGER,
    "closed_at" TIMESTAMPTZ(3),
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "last_public_seq" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(number, '') || ' ' || coalesce(subject, '') || ' ' || coalesce(description, '') || ' ' || coalesce(donor_name, '') || ' ' || donor_email)) STORED,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_events" (
    "ticket_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "public_seq" INTEGER,
    "type" VARCHAR(40) NOT NULL,
    "actor_type" VARCHAR(10) NOT NULL,
    "actor_id" VARCHAR(255),
    "message_id" UUID,
    "call_id" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',
    "dispatched" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_events_pkey" PRIMARY KEY ("ticket_id","seq")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "public_seq" INTEGER,
    "sender_id" VARCHAR(255) NOT NULL,
    "sender_type" VARCHAR(10) NOT NULL,
    "sender_name" VARCHAR(120),
    "content" TEXT NOT NULL,
    "message_type" VARCHAR(10) NOT NULL DEFAULT 'text',
    "client_message_id" VARCHAR(100),
    "is_read" BOOLEAN NOT NULL DEFAULT false,
    "read_at" TIMESTAMPTZ(3),
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple', content)) STORED,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_transfers" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "from_admin_id" INTEGER,
    "to_admin_id" INTEGER NOT NULL,
    "transfer_notes" TEXT,
    "transferred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_transfers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calls" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "provider" VARCHAR(20) NOT NULL,
    "room_name" VARCHAR(255) NOT NULL,
    "daily_room_url" VARCHAR(500) NOT NULL,
    "status" VARCHAR(10) NOT NULL DEFAULT 'active',
    "call_type" VARCHAR(10) NOT NULL,
    "initiated_by" VARCHAR(10) NOT NULL,
    "user_token" TEXT NOT NULL,
    "admin_token" TEXT NOT NULL,
    "tokens_expire_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" VARCHAR(255),
    "end_reason" VARCHAR(40),
    "participants" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_requests" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "mode" VARCHAR(10) NOT NULL,
    "message" VARCHAR(500),
    "status" VARCHAR(10) NOT NULL DEFAULT 'PENDING',
    "admin_id" INTEGER,
    "call_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "message_id" UUID,
    "uploader_type" VARCHAR(10) NOT NULL,
    "uploader_id" VARCHAR(255) NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "mime_type" VARCHAR(120) NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "storage_key" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" SERIAL NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "articles" (
    "id" UUID NOT NULL,
    "slug" VARCHAR(160) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL,
    "meta_description" VARCHAR(300),
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" VARCHAR(10) NOT NULL DEFAULT 'draft',
    "category_id" INTEGER,
    "author_id" INTEGER,
    "views" INTEGER NOT NULL DEFAULT 0,
    "helpful" INTEGER NOT NULL DEFAULT 0,
    "not_helpful" INTEGER NOT NULL DEFAULT 0,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(meta_description, '')), 'B') || setweight(to_tsvector('simple', body), 'C')) STORED,

    CONSTRAINT "articles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_votes" (
    "article_id" UUID NOT NULL,
    "visitor" VARCHAR(64) NOT NULL,
    "helpful" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "article_votes_pkey" PRIMARY KEY ("article_id","visitor")
);

-- CreateTable
CREATE TABLE "faqs" (
    "id" UUID NOT NULL,
    "question" VARCHAR(300) NOT NULL,
    "answer" TEXT NOT NULL,
    "category_id" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "published" BOOLEAN NOT NULL DEFAULT false,
    "views" INTEGER NOT NULL DEFAULT 0,
    "helpful" INTEGER NOT NULL DEFAULT 0,
    "not_helpful" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', question), 'A') || setweight(to_tsvector('simple', answer), 'C')) STORED,

    CONSTRAINT "faqs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faq_votes" (
    "faq_id" UUID NOT NULL,
    "visitor" VARCHAR(64) NOT NULL,
    "helpful" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "faq_votes_pkey" PRIMARY KEY ("faq_id","visitor")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "scope" VARCHAR(80) NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "resource_id" UUID NOT NULL,
    "status_code" INTEGER,
    "response" BYTEA,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "action" VARCHAR(60) NOT NULL,
    "actor_type" VARCHAR(10) NOT NULL,
    "actor_id" VARCHAR(255),
    "subject" VARCHAR(255),
    "ip" VARCHAR(64),
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_days" (
    "day" DATE NOT NULL,
    "base" BIGINT NOT NULL,

    CONSTRAINT "ticket_days_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_external_id_key" ON "users"("external_id");

-- CreateIndex
CREATE INDEX "user_skills_skill_idx" ON "user_skills"("skill");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_tokens_token_hash_key" ON "refresh_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "refresh_tokens_family_id_idx" ON "refresh_tokens"("family_id");

-- CreateIndex
CREATE INDEX "refresh_tokens_user_id_idx" ON "refresh_tokens"("user_id");

-- CreateIndex
CREATE INDEX "refresh_tokens_expires_at_idx" ON "refresh_tokens"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "donor_sessions_token_hash_key" ON "donor_sessions"("token_hash");

-- CreateIndex
CREATE INDEX "donor_sessions_donor_id_idx" ON "donor_sessions"("donor_id");

-- CreateIndex
CREATE UNIQUE INDEX "devices_token_key" ON "devices"("token");

-- CreateIndex
CREATE INDEX "devices_user_id_idx" ON "devices"("user_id");

-- CreateIndex
CREATE INDEX "devices_donor_session_id_idx" ON "devices"("donor_session_id");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_number_key" ON "tickets"("number");

-- CreateIndex
CREATE INDEX "tickets_status_updated_at_id_idx" ON "tickets"("status", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_updated_at_id_idx" ON "tickets"("updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_admin_id_status_updated_at_id_idx" ON "tickets"("admin_id", "status", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_donor_id_created_at_id_idx" ON "tickets"("donor_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_created_at_id_idx" ON "tickets"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_donor_session_id_idx" ON "tickets"("donor_session_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_ticket_id_sender_id_client_message_id_key" ON "messages"("ticket_id", "sender_id", "client_message_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_ticket_id_seq_key" ON "messages"("ticket_id", "seq");

-- CreateIndex
CREATE INDEX "ticket_transfers_ticket_id_transferred_at_idx" ON "ticket_transfers"("ticket_id", "transferred_at");

-- CreateIndex
CREATE UNIQUE INDEX "calls_room_name_key" ON "calls"("room_name");

-- CreateIndex
CREATE INDEX "calls_ticket_id_created_at_idx" ON "calls"("ticket_id", "created_at");

-- CreateIndex
CREATE INDEX "calls_created_at_id_idx" ON "calls"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "call_requests_ticket_id_created_at_idx" ON "call_requests"("ticket_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_storage_key_key" ON "attachments"("storage_key");

-- CreateIndex
CREATE INDEX "attachments_ticket_id_idx" ON "attachments"("ticket_id");

-- CreateIndex
CREATE INDEX "attachments_message_id_idx" ON "attachments"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "categories_slug_key" ON "categories"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "articles_slug_key" ON "articles"("slug");

-- CreateIndex
CREATE INDEX "articles_status_category_id_idx" ON "articles"("status", "category_id");

-- CreateIndex
CREATE INDEX "faqs_category_id_position_idx" ON "faqs"("category_id", "position");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "audit_log_created_at_idx" ON "audit_log"("created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_log_actor_id_created_at_idx" ON "audit_log"("actor_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "user_skills" ADD CONSTRAINT "user_skills_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_donor_session_id_fkey" FOREIGN KEY ("donor_session_id") REFERENCES "donor_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_donor_session_id_fkey" FOREIGN KEY ("donor_session_id") REFERENCES "donor_sessions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_events" ADD CONSTRAINT "ticket_events_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_transfers" ADD CONSTRAINT "ticket_transfers_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_transfers" ADD CONSTRAINT "ticket_transfers_from_admin_id_fkey" FOREIGN KEY ("from_admin_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_transfers" ADD CONSTRAINT "ticket_transfers_to_admin_id_fkey" FOREIGN KEY ("to_admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calls" ADD CONSTRAINT "calls_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_requests" ADD CONSTRAINT "call_requests_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_requests" ADD CONSTRAINT "call_requests_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "articles" ADD CONSTRAINT "articles_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "articles" ADD CONSTRAINT "articles_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_votes" ADD CONSTRAINT "article_votes_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faqs" ADD CONSTRAINT "faqs_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_votes" ADD CONSTRAINT "faq_votes_faq_id_fkey" FOREIGN KEY ("faq_id") REFERENCES "faqs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------------------------------------------------

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- One open call and one pending request a ticket: two that start at once have one winner.
CREATE UNIQUE INDEX "calls_one_open_per_ticket" ON "calls" ("ticket_id") WHERE "status" = 'active';
CREATE UNIQUE INDEX "call_requests_one_pending_per_ticket" ON "call_requests" ("ticket_id") WHERE "status" = 'PENDING';
CREATE INDEX "call_requests_pending_expiry" ON "call_requests" ("expires_at") WHERE "status" = 'PENDING';

-- The outbox: events whose durable reactions are not queued yet.
CREATE INDEX "ticket_events_undispatched" ON "ticket_events" ("created_at") WHERE NOT "dispatched";

-- The board and the default list look only at open tickets.
CREATE INDEX "tickets_open" ON "tickets" ("updated_at" DESC, "id" DESC)
  WHERE "status" IN ('new', 'pending', 'waiting_for_donor', 'active_call', 'transferred');

CREATE INDEX "tickets_search" ON "tickets" USING GIN ("search");
CREATE INDEX "tickets_tags" ON "tickets" USING GIN ("tags");
CREATE INDEX "messages_search" ON "messages" USING GIN ("search");
CREATE INDEX "articles_search" ON "articles" USING GIN ("search");
CREATE INDEX "articles_title_trgm" ON "articles" USING GIN ("title" gin_trgm_ops);
CREATE INDEX "faqs_search" ON "faqs" USING GIN ("search");

ALTER TABLE "users"
  ADD CONSTRAINT "users_role_check" CHECK ("role" IN ('ADMIN', 'SUPER_ADMIN')),
  ADD CONSTRAINT "users_team_check" CHECK ("team" IN ('GENERAL', 'TECHNICAL', 'MANAGER', 'ADMIN')),
  ADD CONSTRAINT "users_availability_check" CHECK ("availability" IN ('online', 'away', 'offline')),
  ADD CONSTRAINT "users_capacity_check" CHECK ("capacity" >= 0);
ALTER TABLE "user_skills" ADD CONSTRAINT "user_skills_proficiency_check" CHECK ("proficiency" BETWEEN 1 AND 5);
ALTER TABLE "devices" ADD CONSTRAINT "devices_one_owner_check" CHECK (num_nonnulls("user_id", "donor_session_id") = 1);
ALTER TABLE "tickets"
  ADD CONSTRAINT "tickets_status_check" CHECK ("status" IN ('new', 'pending', 'waiting_for_donor', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled')),
  ADD CONSTRAINT "tickets_priority_check" CHECK ("priority" IN ('low', 'medium', 'high', 'urgent')),
  ADD CONSTRAINT "tickets_team_check" CHECK ("team" IN ('GENERAL', 'TECHNICAL', 'MANAGER', 'ADMIN')),
  ADD CONSTRAINT "tickets_call_type_check" CHECK ("call_type" IN ('audio', 'video')),
  ADD CONSTRAINT "tickets_rating_check" CHECK ("rating" BETWEEN 1 AND 5),
  ADD CONSTRAINT "tickets_seq_check" CHECK ("last_public_seq" <= "last_seq");
ALTER TABLE "ticket_events" ADD CONSTRAINT "ticket_events_actor_type_check" CHECK ("actor_type" IN ('donor', 'admin', 'system'));
ALTER TABLE "messages"
  ADD CONSTRAINT "messages_sender_type_check" CHECK ("sender_type" IN ('donor', 'admin', 'system')),
  ADD CONSTRAINT "messages_message_type_check" CHECK ("message_type" IN ('text', 'note', 'system'));
ALTER TABLE "calls"
  ADD CONSTRAINT "calls_status_check" CHECK ("status" IN ('active', 'ended')),
  ADD CONSTRAINT "calls_call_type_check" CHECK ("call_type" IN ('audio', 'video')),
  ADD CONSTRAINT "calls_initiated_by_check" CHECK ("initiated_by" IN ('donor', 'admin')),
  ADD CONSTRAINT "calls_ended_at_check" CHECK (("status" = 'ended') = ("ended_at" IS NOT NULL));
ALTER TABLE "call_requests"
  ADD CONSTRAINT "call_requests_status_check" CHECK ("status" IN ('PENDING', 'ACCEPTED', 'REJECTED', 'CANCELLED', 'EXPIRED')),
  ADD CONSTRAINT "call_requests_mode_check" CHECK ("mode" IN ('audio', 'video'));
ALTER TABLE "articles" ADD CONSTRAINT "articles_status_check" CHECK ("status" IN ('draft', 'published', 'archived'));
