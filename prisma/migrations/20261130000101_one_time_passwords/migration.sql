-- A password that the desk made up lets its person in once. What stands so far stays as it is: nothing says who chose it.
ALTER TABLE "users" ADD COLUMN "password_state" VARCHAR(10) NOT NULL DEFAULT 'lasting'
  CONSTRAINT "users_password_state" CHECK ("password_state" IN ('lasting', 'one_time', 'used_up'));
ALTER TABLE "staff_logins" ADD COLUMN "one_time_password" BOOLEAN NOT NULL DEFAULT false;
