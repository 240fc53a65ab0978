-- Tokens of staff are signed for the person who reads the call; a stored one belonged to nobody and outlived whoever had it.
ALTER TABLE "calls" DROP COLUMN "admin_token";
