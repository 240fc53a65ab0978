-- Since when nobody of this side is in the room any more; null while somebody is, or before anybody was.
ALTER TABLE "calls" ADD COLUMN "donor_left_at" TIMESTAMPTZ(3), ADD COLUMN "staff_left_at" TIMESTAMPTZ(3);
