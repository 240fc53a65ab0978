-- A link by mail belongs to the browser that asked for it. Links that are on their way have no nonce: they ask before they sign in.
ALTER TABLE "donor_links" ADD COLUMN "nonce_hash" BYTEA, ADD COLUMN "guest_id" UUID;
