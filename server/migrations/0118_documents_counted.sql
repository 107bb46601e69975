-- How many papers there are is counted from the index alone, policy included.
drop index document_org;
create index document_org on document (org_code text_pattern_ops, state, drafted_at desc) include (person_id);
