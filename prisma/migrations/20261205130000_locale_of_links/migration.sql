-- The language of the browser that asked for a link: whoever proves to be its reader is written to in it.
ALTER TABLE "donor_links" ADD COLUMN "locale" VARCHAR(35);
