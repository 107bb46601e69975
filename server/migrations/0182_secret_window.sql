-- Until when a renewed secret is handed to whoever registers under the number; null: an officer opened no such time.
alter table device add column secret_open_until timestamptz;
-- What was renewed before and still waits for a registration waits no longer: a device that has proved itself is known.
update device set secret_handed_at = now() where secret_handed_at is null and proven_at is not null;
