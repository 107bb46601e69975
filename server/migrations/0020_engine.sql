-- The engine's own memory of where it is: up to which flush of each shard every stored presence is complete, and when it
-- was last alive. What lies between its last beat and its next start is an outage of the platform, nobody's silence.
create table engine_mark (shard smallint primary key, no bigint not null, received_at timestamptz not null);
create table engine_beat (single boolean primary key default true check (single), at timestamptz not null, started_at timestamptz not null);
grant select, insert, update, delete on engine_mark, engine_beat to zj_system;

-- Devices an outage was detected by, so that its end can be seen; ids of activations only.
alter table outage add column members integer[] not null default '{}';
create index episode_activation on episode (activation_no, detected_at desc) where activation_no is not null;
