-- How a task was ended by hand or by what was done for it: the words of whoever ended it, and the matter that answered it.
alter table task
  add column outcome_note text not null default '',
  add column answered_by uuid references matter (id);
