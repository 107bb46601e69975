-- The clock of an assessment runs from the day on which the letter and what it encloses are both there (INV-01, INV-02). What
-- the county finds missing when it receives a request holds the clock until it arrives; what it wishes besides later does not.
alter table entrustment_ask add column holds_clock boolean not null default false check (not holds_clock or kind = 'annex');

-- A clock that has not begun (`wait`), and that has (`begin`), stand in its record like what else was done to it.
alter table task_clock drop constraint task_clock_what_check;
alter table task_clock add constraint task_clock_what_check check (what in ('pause', 'resume', 'extend', 'wait', 'begin'));
