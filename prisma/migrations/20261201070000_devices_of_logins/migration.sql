-- The sign-in on which a device of staff was registered: when that ends, the device gets no more pushes. Null for donors, for bearers
-- of a backend's token, and for devices that earlier versions registered.
ALTER TABLE "devices" ADD COLUMN "login_id" UUID;
CREATE INDEX "devices_login_id_idx" ON "devices"("login_id");
ALTER TABLE "devices" ADD CONSTRAINT "devices_login_id_fkey" FOREIGN KEY ("login_id") REFERENCES "staff_logins"("id") ON DELETE CASCADE ON UPDATE CASCADE;
