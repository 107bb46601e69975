-- Whether a fence is the caller's to use: drawn by his unit, or taken over with the persons it binds. One rule for the policy
-- and for the answer that says so beforehand.
create function zj_fence_ours(p_fence uuid, p_org text, p_of_persons boolean) returns boolean language sql stable parallel safe
  begin atomic
    select starts_with(p_org, zj_scope()) or (p_of_persons and zj_fence_taken_over(p_fence, p_org));
  end;

-- As 0188 has it, by its new name.
alter policy fence_changed on fence
  using (zj_fence_ours(id, org_code, of_persons))
  with check (zj_fence_ours(id, org_code, of_persons));
