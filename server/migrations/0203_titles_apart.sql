-- The title of a duty names its person, and a duty is seen by whoever holds its post: also of a minor or a sealed record, by
-- who is not named for them. Of somebody kept apart the duty itself bears a title that names nobody; the title with the name
-- lies beside it and is seen by who may be shown the person. Whatever forgets to look there shows no name.
create table task_named (
  task_id uuid primary key references task (id) on delete cascade,
  person_id uuid not null references person (id),
  title_zh text not null,
  title_en text not null
);
create index task_named_person on task_named (person_id);
alter table task_named enable row level security;
-- Through the caller's eyes and in one set: of the few who are kept apart those whose file he may open.
create function zj_apart_seen() returns setof uuid language sql stable parallel safe
  begin atomic select p.id from person p where p.minor or p.sealed; end;
create policy task_named_seen on task_named for select to zj_api using (person_id in (select zj_apart_seen()));
create policy task_named_system on task_named for all to zj_system using (true) with check (true);
grant select on task_named to zj_api;
grant select, insert, update, delete on task_named to zj_system;

-- A title without a name: the names it could bear replaced, else what stands before the colon, where a title begins with
-- whom it is about; one without either names nobody (an alarm by its number).
create function zj_unnamed(p_title text, p_names text[], p_colon text, p_said text) returns text
  language plpgsql immutable parallel safe as $$
declare
  v text := p_title;
  n text;
begin
  foreach n in array p_names loop
    if coalesce(n, '') <> '' then v := replace(v, n, p_said); end if;
  end loop;
  if v = p_title and strpos(v, p_colon) > 0 then v := p_said || substr(v, strpos(v, p_colon)); end if;
  return v;
end $$;

-- Takes the name out of the duties of one person, or of one of them; keeps it beside them.
create function zj_titles_apart(p_person uuid, p_task uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into task_named
    select t.id, t.person_id, t.title_zh, t.title_en from task t
    where t.person_id = p_person and (p_task is null or t.id = p_task)
    on conflict do nothing;
  update task t
    set title_zh = zj_unnamed(n.title_zh, v.names, '：', '须由专人办理的社区矫正对象'),
      title_en = zj_unnamed(n.title_en, v.names, ': ', 'Somebody for the named staff')
    from task_named n, person p,
      lateral (select array[p.name, (select m.who from matter m join task s on s.subject_id = m.id where s.id = n.task_id)] as names) v
    where n.person_id = p_person and p.id = p_person and t.id = n.task_id and (p_task is null or t.id = p_task);
end $$;
alter function zj_titles_apart(uuid, uuid) owner to zj_system;
revoke execute on function zj_titles_apart(uuid, uuid) from public;
grant execute on function zj_titles_apart(uuid, uuid) to zj_system;

create function zj_task_apart() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from person p where p.id = new.person_id and (p.minor or p.sealed)) then
    perform zj_titles_apart(new.person_id, new.id);
  end if;
  return null;
end $$;
alter function zj_task_apart() owner to zj_system;
create trigger task_apart after insert on task for each row when (new.person_id is not null) execute function zj_task_apart();

-- Kept apart from now on, or no longer: the titles of what is there follow.
create function zj_person_apart() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.minor or new.sealed then
    perform zj_titles_apart(new.id, null);
  else
    update task t set title_zh = n.title_zh, title_en = n.title_en
      from task_named n where n.task_id = t.id and n.person_id = new.id;
    delete from task_named n where n.person_id = new.id;
  end if;
  return null;
end $$;
alter function zj_person_apart() owner to zj_system;
create trigger person_apart after update of minor, sealed on person for each row
  when ((old.minor or old.sealed) is distinct from (new.minor or new.sealed)) execute function zj_person_apart();

select zj_titles_apart(p.id, null) from person p where (p.minor or p.sealed) and exists (select 1 from task t where t.person_id = p.id);

-- A matter of a class kept apart (心理评估) is hidden from who lacks the class, and its duty told its person and its kind all
-- the same. The duty takes the class of its matter.
alter table task add column class text;
update task t set class = m.class from matter m where m.id = t.subject_id and m.class is not null;
create function zj_task_class() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.class := (select m.class from matter m where m.id = new.subject_id);
  return new;
end $$;
alter function zj_task_class() owner to zj_system;
create trigger task_class before insert on task for each row execute function zj_task_class();
create policy task_class_shut on task as restrictive for select to zj_api using (class is null or zj_class(class));
