-- What was lost: the second factor, or (of a security administrator, whose password nobody else sets) the password. One open
-- wish for each. Whether it was asked by somebody who keeps accounts, because of an ordinary account one of the two must.
alter table recovery add column about text not null default 'secondFactor' check (about in ('secondFactor', 'password'));
alter table recovery add column by_keeper boolean not null default true;
drop index recovery_open;
create unique index recovery_open on recovery (staff_id, about) where approved_at is null and refused_at is null;
