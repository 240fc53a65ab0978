-- The language that somebody has chosen for the dashboard. Without it the dashboard speaks that of the browser.
ALTER TABLE "users" ADD COLUMN "locale" VARCHAR(5);
