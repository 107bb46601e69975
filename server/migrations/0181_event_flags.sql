-- What is to be known of an event beside its kind and time: arrived after a newer report, or with a time nobody can believe.
alter table device_event add column flags smallint not null default 0;
