-- The order of the queue, for the whole desk and for the columns of the board: the most urgent first, then who waits longest.
-- Built beside the writers. An attempt that was interrupted leaves an index that is good for nothing.
-- step
DROP INDEX CONCURRENTLY IF EXISTS "tickets_queue";
-- step
CREATE INDEX CONCURRENTLY "tickets_queue" ON "tickets"
  ((CASE "priority" WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), "waiting_since", "id")
  WHERE "waiting_since" IS NOT NULL;
-- step
DROP INDEX CONCURRENTLY IF EXISTS "tickets_queue_of_status";
-- step
CREATE INDEX CONCURRENTLY "tickets_queue_of_status" ON "tickets"
  ("status", (CASE "priority" WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), "waiting_since", "id")
  WHERE "waiting_since" IS NOT NULL;
