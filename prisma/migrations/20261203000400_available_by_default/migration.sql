-- Who has not chosen anything is available: otherwise nobody tells new people of new tickets. What others have chosen stays.
ALTER TABLE "users" ALTER COLUMN "availability" SET DEFAULT 'online';
