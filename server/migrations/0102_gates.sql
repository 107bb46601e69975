-- The numbers by which positions are judged on arrival are provincial: one flush may hold verdicts of several versions.
-- Byte i: which version named in `rules`, comma between, judged entry i of the blob's directory. Null: there is one.
alter table position_inbox add column ruled bytea;
