-- A unit's map finds its positions by the unit's code instead of one by one.
create index position_latest_org on position_latest (org_code text_pattern_ops);
