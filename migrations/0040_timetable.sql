-- When recurring work is due next, and the operator's own realm.
create table recurring_work (
  name text primary key,
  next_run_at timestamptz not null
);
comment on table recurring_work is 'Recurring work of src/timetable.ts: when each is due next, in the installation''s time.';
comment on column recurring_work.name is 'Name in the timetable.';
comment on column recurring_work.next_run_at is 'Due then.';

insert into agency (agency_id, kind, name, slug, created_at)
  values ('00000000-0000-0000-0000-000000000000', 'operator', 'Canopée', '', now());
