-- A list shows what replaced a void paper; without this each of its rows read the whole register.
create index document_replaces on document (replaces) where replaces is not null;
-- The register in its order, either way.
drop index document_drafted;
create index document_drafted on document (drafted_at desc, id desc);
