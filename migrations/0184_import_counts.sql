-- How many rows of an import are in which state: counted as they move, since whoever watches an import asks again and
-- again while it goes on.
alter table import add column row_counts jsonb not null default '{}';
comment on column import.row_counts is 'Rows by state; kept by triggers on import_row.';

create function keep_import_counts() returns trigger language plpgsql as $$
declare
  moved record;
begin
  -- One branch is planned a call: each kind of trigger has other tables of rows.
  if tg_op = 'INSERT' then
    for moved in select agency_id, import_id, state, count(*) as n from made group by 1, 2, 3 loop
      perform add_import_count(moved.agency_id, moved.import_id, moved.state, moved.n);
    end loop;
  elsif tg_op = 'DELETE' then
    for moved in select agency_id, import_id, state, count(*) as n from gone group by 1, 2, 3 loop
      perform add_import_count(moved.agency_id, moved.import_id, moved.state, -moved.n);
    end loop;
  else
    for moved in select agency_id, import_id, state, sum(n) as n from (
        select agency_id, import_id, state, 1 as n from made union all select agency_id, import_id, state, -1 from gone) x
        group by 1, 2, 3 having sum(n) <> 0 loop
      perform add_import_count(moved.agency_id, moved.import_id, moved.state, moved.n);
    end loop;
  end if;
  return null;
end $$;
comment on function keep_import_counts is 'Keeps import.row_counts equal to the rows.';

create function add_import_count(of_agency uuid, of_import uuid, of_state text, more bigint) returns void language sql as $$
  update import set row_counts = row_counts || jsonb_build_object(of_state, coalesce((row_counts->>of_state)::bigint, 0) + more)
    where agency_id = of_agency and id = of_import;
$$;
comment on function add_import_count is 'Adds to the count of an import''s rows in a state.';
grant execute on function add_import_count to canopee_app;

create trigger count_new_rows after insert on import_row referencing new table as made
  for each statement execute function keep_import_counts();
create trigger count_changed_rows after update on import_row referencing old table as gone new table as made
  for each statement execute function keep_import_counts();
create trigger count_gone_rows after delete on import_row referencing old table as gone
  for each statement execute function keep_import_counts();

update import i set row_counts = c.counts from (
  select agency_id, import_id, jsonb_object_agg(state, n) as counts
  from (select agency_id, import_id, state, count(*) as n from import_row group by 1, 2, 3) x group by 1, 2) c
where c.agency_id = i.agency_id and c.import_id = i.id;
