-- As 0118 has it, with what the policies of 0092 and 0188 look at besides: how many papers there are is counted from the index alone.
drop index document_org;
create index document_org on document (org_code text_pattern_ops, state, drafted_at desc) include (person_id, organ, subject_id, template);
