-- What a donor's session hands on (call tokens) names the version of its tokens, and is worthless once that has grown.
ALTER TABLE "donor_sessions" ADD COLUMN "token_version" INTEGER NOT NULL DEFAULT 0;
