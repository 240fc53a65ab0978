-- By which way an entry's cause came: http, socket, or process for what Concierge does by itself. Nobody knows that of earlier entries.
ALTER TABLE "audit_log" ADD COLUMN "via" VARCHAR(10);
