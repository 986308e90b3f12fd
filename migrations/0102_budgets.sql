-- What is agreed about a node's budget, and what its people ask for.
create table budget_rule (
  agency_id uuid not null,
  owner_kind text not null check (owner_kind in ('agency', 'member', 'client')),
  owner_id uuid not null,
  when_empty text not null default 'stop' check (when_empty in ('stop', 'ask', 'draw')),
  draw_limit bigint check (draw_limit > 0),
  alert_below bigint check (alert_below > 0),
  alerted_at timestamptz,
  monthly_amount bigint check (monthly_amount > 0),
  monthly_done text check (monthly_done ~ '^\d{4}-\d\d$'),
  monthly_short text check (monthly_short ~ '^\d{4}-\d\d$'),
  updated_at timestamptz not null,
  primary key (agency_id, owner_kind, owner_id),
  check (owner_kind <> 'agency' or (owner_id = agency_id and when_empty = 'stop' and monthly_amount is null)),
  check (when_empty = 'draw' or draw_limit is null)
);
comment on table budget_rule is 'What happens by itself with a node''s budget: monthly amount, warning when low, what to do when empty.';
comment on column budget_rule.agency_id is 'Tenant.';
comment on column budget_rule.owner_kind is 'agency, member or client.';
comment on column budget_rule.owner_id is 'The node; the agency''s own id for itself.';
comment on column budget_rule.when_empty is 'stop; ask the level above; draw what is missing from it.';
comment on column budget_rule.draw_limit is 'Most that may be drawn in a calendar month, minor units; null: no limit.';
comment on column budget_rule.alert_below is 'Warn when less than this is available, minor units; null: never.';
comment on column budget_rule.alerted_at is 'Warned since; null once there is enough again.';
comment on column budget_rule.monthly_amount is 'Given by the level above on the first of each month, minor units; null: nothing.';
comment on column budget_rule.monthly_done is 'Last month it was given for (YYYY-MM).';
comment on column budget_rule.monthly_short is 'Last month in which the level above had too little, and was told (YYYY-MM).';
comment on column budget_rule.updated_at is 'Last change by a person.';
call protect_tenant_table('budget_rule');

create table budget_request (
  agency_id uuid not null,
  id uuid not null,
  owner_kind text not null check (owner_kind in ('member', 'client')),
  owner_id uuid not null,
  amount bigint not null check (amount > 0),
  note text,
  state text not null default 'open' check (state in ('open', 'granted', 'refused')),
  asked_by uuid,
  asked_by_name text not null,
  asked_at timestamptz not null,
  granted bigint check (granted > 0),
  answer text,
  decided_by_name text,
  decided_at timestamptz,
  primary key (agency_id, id)
);
comment on table budget_request is 'Budget asked of the level above.';
comment on column budget_request.agency_id is 'Tenant.';
comment on column budget_request.id is 'UUIDv7.';
comment on column budget_request.owner_kind is 'For a member or a client.';
comment on column budget_request.owner_id is 'Which.';
comment on column budget_request.amount is 'Asked, minor units.';
comment on column budget_request.note is 'What for.';
comment on column budget_request.state is 'open, granted or refused.';
comment on column budget_request.asked_by is 'User who asked.';
comment on column budget_request.asked_by_name is 'Their name then.';
comment on column budget_request.asked_at is 'When.';
comment on column budget_request.granted is 'Given, minor units; perhaps not all that was asked.';
comment on column budget_request.answer is 'What was answered.';
comment on column budget_request.decided_by_name is 'Who decided.';
comment on column budget_request.decided_at is 'When.';
call protect_tenant_table('budget_request');
create unique index budget_request_open on budget_request (agency_id, owner_kind, owner_id) where state = 'open';

-- Clients that hang at the agency's root, in the order they are listed: few among many in the deeper modes.
create index client_at_root on client (agency_id, name_key, id) where home_id is null;
