-- Events of one flush are numbered within it; after an outage there may be more of them than a smallint counts.
alter table device_event alter column ordinal type integer;
