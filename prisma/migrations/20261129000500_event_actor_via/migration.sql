-- How an event's actor came: `link` for whoever wrote as the donor without a token. Nobody knows that of earlier events.
ALTER TABLE "ticket_events" ADD COLUMN "actor_via" VARCHAR(10);
