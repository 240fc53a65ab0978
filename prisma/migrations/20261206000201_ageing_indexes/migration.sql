-- Which resolved tickets are to be closed and which ended ones deleted, the oldest first; open tickets are in neither. Built beside the
-- writers. An attempt that was interrupted leaves an index that is good for nothing.
-- step
DROP INDEX CONCURRENTLY IF EXISTS "tickets_to_close";
-- step
CREATE INDEX CONCURRENTLY "tickets_to_close" ON "tickets" ("resolved_at") WHERE "status" = 'resolved';
-- step
DROP INDEX CONCURRENTLY IF EXISTS "tickets_to_delete";
-- step
CREATE INDEX CONCURRENTLY "tickets_to_delete" ON "tickets" ("closed_at") WHERE "status" IN ('closed', 'cancelled');
