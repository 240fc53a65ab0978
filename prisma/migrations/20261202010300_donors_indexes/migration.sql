-- Built beside the writers. An attempt that was interrupted leaves an index that is good for nothing.
-- step
SET lock_timeout = '60s';
-- step
DROP INDEX CONCURRENTLY IF EXISTS "donor_sessions_donor_uuid_idx";
-- step
CREATE INDEX CONCURRENTLY "donor_sessions_donor_uuid_idx" ON "donor_sessions" ("donor_uuid");
-- step
DROP INDEX CONCURRENTLY IF EXISTS "tickets_donor_uuid_idx";
-- step
CREATE INDEX CONCURRENTLY "tickets_donor_uuid_idx" ON "tickets" ("donor_uuid");
