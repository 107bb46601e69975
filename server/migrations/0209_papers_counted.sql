-- As 0118 has it, with what the policy of 0188 looks at besides: how many papers there are is counted from the index alone.
drop index document_org;
create index document_org on document (org_code text_pattern_ops, state, drafted_at desc) include (person_id, organ, subject_id);
