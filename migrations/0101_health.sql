-- What must always hold of the data, as last checked.
create table health_check (
  name text primary key,
  checked_at timestamptz not null,
  took_ms integer not null,
  tenants integer not null,
  faults jsonb not null default '[]',
  failing_since timestamptz
);
comment on table health_check is 'Each promise the product makes of its data, as the recurring check last found it. Read by the operator alone.';
comment on column health_check.name is 'Which check; a text key health.check.<name>.';
comment on column health_check.checked_at is 'When it was last checked (installation''s time).';
comment on column health_check.took_ms is 'How long that took, milliseconds.';
comment on column health_check.tenants is 'Tenants looked at.';
comment on column health_check.faults is 'What was found against it, at most 20 a tenant; empty: it holds.';
comment on column health_check.failing_since is 'Since when it does not hold; null while it does.';
