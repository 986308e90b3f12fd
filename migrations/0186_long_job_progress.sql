-- How far long work is while its one transaction is open: written beside it, so that others read it before it commits.
create table long_job_progress (
  agency_id uuid not null,
  job_id uuid not null,
  done integer not null check (done >= 0),
  total integer not null check (total >= 0),
  at timestamptz not null,
  primary key (agency_id, job_id)
);
comment on table long_job_progress is 'How far a batch of long work is before it commits; gone when it did. No foreign key: the batch holds its job''s row, which a check of it would wait for.';
comment on column long_job_progress.agency_id is 'Tenant.';
comment on column long_job_progress.job_id is 'Job.';
comment on column long_job_progress.done is 'Items written, not committed yet.';
comment on column long_job_progress.total is 'Items in all.';
comment on column long_job_progress.at is 'When that was said.';
call protect_tenant_table('long_job_progress');
