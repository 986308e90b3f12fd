-- Hosted accounts that an agency resells, what each is subscribed to, and each period billed once.
create table hosted_account (
  agency_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  name text not null,
  client_name text not null default '',
  slug text not null,
  custom_domain text,
  status text not null check (status in ('trial', 'active', 'expired', 'disabled', 'suspended', 'cancelled', 'archived', 'transferred')),
  status_before text check (status_before in ('trial', 'active', 'expired', 'suspended', 'cancelled')),
  contact_name text not null,
  contact_email text not null,
  notification_email text not null,
  locale text not null check (locale in ('fr', 'en', 'es', 'zh')),
  time_zone text not null,
  plan_type text not null default 'trial' check (plan_type in ('trial', 'month', 'year')),
  plan_size integer not null default 0,
  ends_on date,
  search_text text not null generated always as (
    search_key(name || ' ' || client_name || ' ' || slug || ' ' || coalesce(custom_domain, '') || ' ' || contact_name || ' ' || contact_email)
  ) stored,
  name_key text not null generated always as (search_key(name)) stored,
  created_at timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  expired_at timestamptz,
  archived_at timestamptz,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references client
);
comment on table hosted_account is 'A client''s own CRM space at its own address. Never deleted (B36): closed by its status.';
comment on column hosted_account.agency_id is 'Tenant.';
comment on column hosted_account.id is 'UUIDv7; also the realm its users sign in to.';
comment on column hosted_account.client_id is 'Client folder it is for.';
comment on column hosted_account.name is 'Name as shown; the client''s name when it was made.';
comment on column hosted_account.client_name is 'Name of the client folder, kept by a trigger, for searching.';
comment on column hosted_account.slug is 'First label of its address (B18); in the namespace shared with agencies (host_name).';
comment on column hosted_account.custom_domain is 'Domain the agency wishes (B19, B76); answers only once host_name says it is verified.';
comment on column hosted_account.status is 'trial, active, expired (read-only), disabled (closed to its users, still billed), suspended (unpaid), cancelled (runs to the end of its period), archived (data kept a year), transferred.';
comment on column hosted_account.status_before is 'Status to return to when a disabled one is enabled again.';
comment on column hosted_account.contact_name is 'Name of the client''s person; never contacted (B20).';
comment on column hosted_account.contact_email is 'Their address; never written to about billing (B20, B47).';
comment on column hosted_account.notification_email is 'Address the agency reads: billing, approvals, abuse (B21).';
comment on column hosted_account.locale is 'Language of the space (B22).';
comment on column hosted_account.time_zone is 'IANA zone its days, and its renewals, are counted in (B23).';
comment on column hosted_account.plan_type is 'trial, month or year (B3); kept by a trigger on subscription.';
comment on column hosted_account.plan_size is 'Contact limit (B7); kept by a trigger on subscription.';
comment on column hosted_account.ends_on is 'Local day the trial or paid period ends (B7); kept by a trigger on subscription.';
comment on column hosted_account.search_text is 'What the search reads.';
comment on column hosted_account.name_key is 'Name as sorted.';
comment on column hosted_account.created_at is 'When it was opened.';
comment on column hosted_account.created_by is 'User who opened it; null for the system.';
comment on column hosted_account.created_by_name is 'Their name then.';
comment on column hosted_account.expired_at is 'When its trial or last paid period ended; null while it runs.';
comment on column hosted_account.archived_at is 'When it was put away; restored within a year.';
comment on column hosted_account.updated_at is 'Last change.';
comment on column hosted_account.version is 'Optimistic concurrency, of the account and its subscription together.';
call protect_tenant_table('hosted_account');
create index hosted_account_by_name on hosted_account (agency_id, name_key, id);
create index hosted_account_by_creation on hosted_account (agency_id, created_at, id);
create index hosted_account_by_end on hosted_account (agency_id, ends_on, id);
create index hosted_account_by_size on hosted_account (agency_id, plan_size, id);
create index hosted_account_by_status on hosted_account (agency_id, status, plan_type, ends_on);
create index hosted_account_by_client on hosted_account (agency_id, client_id);
create index hosted_account_search on hosted_account using gin (agency_id, search_text gin_trgm_ops);

create function keep_client_name() returns trigger language plpgsql as $$
begin
  update hosted_account set client_name = new.name
    where agency_id = new.agency_id and client_id = new.id and client_name <> new.name;
  return null;
end $$;
comment on function keep_client_name is 'Keeps hosted_account.client_name equal to the client''s name.';
create trigger keep_client_name after update of name on client for each row
  when (old.name is distinct from new.name) execute function keep_client_name();

create table subscription (
  agency_id uuid not null,
  id uuid not null,
  hosted_account_id uuid not null,
  commercial_mode text not null default 'resold' check (commercial_mode in ('resold', 'clientPaid', 'referred')),
  plan_code text not null check (plan_code in ('lite', 'plus', 'professional', 'enterprise', 'trial')),
  plan_version integer not null,
  interval text check (interval in ('month', 'year')),
  contact_limit integer not null check (contact_limit > 0),
  currency text not null,
  list_price bigint not null default 0 check (list_price >= 0),
  period_net bigint not null default 0 check (period_net >= 0),
  credit_left bigint not null default 0 check (credit_left >= 0),
  discount_percent integer not null default 0 check (discount_percent between 0 and 100),
  anchor_on date not null,
  anchor_index integer not null default 0,
  time_zone text not null,
  period_index integer not null default 0,
  period_start date not null,
  period_end date not null,
  due_at timestamptz,
  cancel_at_end boolean not null default false,
  pending_change jsonb,
  trial_ends_on date,
  trial_extended_at timestamptz,
  unpaid_since timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, hosted_account_id),
  foreign key (agency_id, hosted_account_id) references hosted_account,
  check (period_end > period_start),
  check ((plan_code = 'trial') = (interval is null))
);
comment on table subscription is 'What a hosted account is on, until when, at what price, who pays.';
comment on column subscription.agency_id is 'Tenant.';
comment on column subscription.id is 'UUIDv7.';
comment on column subscription.hosted_account_id is 'Its hosted account; one each.';
comment on column subscription.commercial_mode is 'resold: the agency pays, the client is silent (B47); clientPaid: invoice in the client''s name; referred: the operator bills the client (B83).';
comment on column subscription.plan_code is 'Plan.';
comment on column subscription.plan_version is 'Version of the plan''s prices and limits it was bought at, kept until a change (B26).';
comment on column subscription.interval is 'month or year; null on trial.';
comment on column subscription.contact_limit is 'Contacts it may hold.';
comment on column subscription.currency is 'ISO 4217.';
comment on column subscription.list_price is 'Price of one period before discount, net of VAT, minor units; 0 on trial.';
comment on column subscription.period_net is 'Price of the whole current period after discount, minor units: what unused days are worth.';
comment on column subscription.credit_left is 'What is left to credit of the line that pays the rest of the period, minor units.';
comment on column subscription.discount_percent is 'Rung of the volume discount the current period was bought at.';
comment on column subscription.anchor_on is 'Local day that renewals are computed from, never from the previous renewal.';
comment on column subscription.anchor_index is 'Period that begins on the anchor.';
comment on column subscription.time_zone is 'IANA zone the local days are of.';
comment on column subscription.period_index is 'Number of the current period; 0 the first.';
comment on column subscription.period_start is 'Local day it began.';
comment on column subscription.period_end is 'Local day it ends, half-open: the next renewal day.';
comment on column subscription.due_at is 'Instant at which something happens: renewal, end of a trial or of a cancelled period, archiving; null when nothing does.';
comment on column subscription.cancel_at_end is 'Not renewed: ends with its period (B62).';
comment on column subscription.pending_change is 'Plan, interval and contact limit that begin with the next period.';
comment on column subscription.trial_ends_on is 'Local day the trial ends, half-open; kept after it.';
comment on column subscription.trial_extended_at is 'When the trial was extended by the agency; once only (B60).';
comment on column subscription.unpaid_since is 'Since when a renewal is unpaid: plan changes are refused.';
comment on column subscription.created_at is 'When.';
comment on column subscription.updated_at is 'Last change.';
comment on column subscription.version is 'Counts changes.';
call protect_tenant_table('subscription');
create index subscription_due on subscription (due_at, agency_id, id) where due_at is not null;
create index subscription_by_end on subscription (agency_id, period_end, id);

create function keep_account_terms() returns trigger language plpgsql as $$
begin
  update hosted_account set plan_type = coalesce(new.interval, 'trial'), plan_size = new.contact_limit, ends_on = new.period_end
    where agency_id = new.agency_id and id = new.hosted_account_id
      and (plan_type, plan_size, ends_on) is distinct from (coalesce(new.interval, 'trial'), new.contact_limit, new.period_end);
  return null;
end $$;
comment on function keep_account_terms is 'Keeps what the list filters and sorts by equal to the subscription.';
create trigger keep_account_terms after insert or update on subscription for each row execute function keep_account_terms();

create table subscription_period (
  agency_id uuid not null,
  subscription_id uuid not null,
  period_index integer not null,
  starts_on date not null,
  ends_on date not null,
  plan_code text not null,
  plan_version integer not null,
  interval text,
  contact_limit integer not null,
  currency text not null,
  list_price bigint not null,
  discount_percent integer not null,
  paid_accounts integer not null,
  net bigint not null,
  purchase_id uuid,
  invoice_id uuid,
  created_at timestamptz not null,
  primary key (agency_id, subscription_id, period_index),
  foreign key (agency_id, subscription_id) references subscription,
  check (ends_on > starts_on)
);
comment on table subscription_period is 'Each period of a subscription, billed once: the key makes a second bill impossible.';
comment on column subscription_period.agency_id is 'Tenant.';
comment on column subscription_period.subscription_id is 'Subscription.';
comment on column subscription_period.period_index is 'Number of the period.';
comment on column subscription_period.starts_on is 'Local day it begins.';
comment on column subscription_period.ends_on is 'Local day it ends, half-open.';
comment on column subscription_period.plan_code is 'Plan it was billed for.';
comment on column subscription_period.plan_version is 'Version of the plan''s prices.';
comment on column subscription_period.interval is 'month, year, or null on trial.';
comment on column subscription_period.contact_limit is 'Contacts it was billed for.';
comment on column subscription_period.currency is 'ISO 4217.';
comment on column subscription_period.list_price is 'Before discount, net of VAT, minor units.';
comment on column subscription_period.discount_percent is 'Rung of the volume discount.';
comment on column subscription_period.paid_accounts is 'Paid accounts counted for the rung, this one included; 0 on trial.';
comment on column subscription_period.net is 'After discount, net of VAT, minor units.';
comment on column subscription_period.purchase_id is 'Purchase that pays it; null on trial.';
comment on column subscription_period.invoice_id is 'Invoice it is on, once issued.';
comment on column subscription_period.created_at is 'When it was billed.';
call protect_tenant_table('subscription_period', 'select, insert, update');

create table subscription_change (
  agency_id uuid not null,
  id uuid not null,
  subscription_id uuid not null,
  kind text not null check (kind in ('upgrade', 'downgrade', 'interval', 'renew')),
  state text not null check (state in ('paying', 'scheduled', 'done', 'dropped')),
  terms jsonb not null,
  before jsonb not null,
  credit bigint not null default 0,
  charge bigint not null default 0,
  currency text not null,
  purchase_id uuid,
  asked_at timestamptz not null,
  asked_by uuid,
  asked_by_name text not null,
  done_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, subscription_id) references subscription
);
comment on table subscription_change is 'Changes of plan, interval or contact limit: asked, paid for, done.';
comment on column subscription_change.agency_id is 'Tenant.';
comment on column subscription_change.id is 'UUIDv7.';
comment on column subscription_change.subscription_id is 'Subscription.';
comment on column subscription_change.kind is 'upgrade (now, prorated), downgrade (with the next period), interval (a new period from today), renew (an expired account or a trial that is bought).';
comment on column subscription_change.state is 'paying, scheduled for the end of the period, done, or dropped.';
comment on column subscription_change.terms is 'Plan, version, interval, contact limit and price after it.';
comment on column subscription_change.before is 'The same before it.';
comment on column subscription_change.credit is 'Unused days given back, net, minor units.';
comment on column subscription_change.charge is 'Charged for it, net, minor units.';
comment on column subscription_change.currency is 'ISO 4217.';
comment on column subscription_change.purchase_id is 'Purchase that pays it.';
comment on column subscription_change.asked_at is 'When it was asked for.';
comment on column subscription_change.asked_by is 'User who asked; null for the system.';
comment on column subscription_change.asked_by_name is 'Their name then.';
comment on column subscription_change.done_at is 'When it took effect or was dropped.';
call protect_tenant_table('subscription_change', 'select, insert, update');
create unique index subscription_change_under_way on subscription_change (agency_id, subscription_id) where state = 'paying';
create index subscription_change_history on subscription_change (agency_id, subscription_id, id desc);

create table account_opening (
  agency_id uuid not null,
  id uuid not null,
  hosted_account_id uuid not null,
  client_id uuid not null,
  state text not null check (state in ('paying', 'preparing', 'ready', 'abandoned')),
  step text not null default 'address' check (step in ('address', 'space', 'administrator', 'settings', 'done')),
  slug text not null,
  name text not null,
  details jsonb not null,
  purchase_id uuid,
  user_name text,
  secret text,
  revealed_at timestamptz,
  asked_at timestamptz not null,
  asked_by uuid,
  asked_by_name text not null,
  ready_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, hosted_account_id),
  foreign key (agency_id, client_id) references client
);
comment on table account_opening is 'A hosted account being opened: paid for, prepared step by step, its password shown once (B28 to B30).';
comment on column account_opening.agency_id is 'Tenant.';
comment on column account_opening.id is 'UUIDv7.';
comment on column account_opening.hosted_account_id is 'Id the hosted account has, or will have once paid.';
comment on column account_opening.client_id is 'Client folder it is for.';
comment on column account_opening.state is 'paying, preparing, ready, or abandoned (not paid).';
comment on column account_opening.step is 'Step of the preparation that is next.';
comment on column account_opening.slug is 'Address kept for it meanwhile.';
comment on column account_opening.name is 'Name it will have.';
comment on column account_opening.details is 'The form as it was sent, with the price it showed.';
comment on column account_opening.purchase_id is 'Purchase that pays it; null on trial.';
comment on column account_opening.user_name is 'User name of its administrator, once made.';
comment on column account_opening.secret is 'First password, sealed with the installation''s secret; erased when shown, and after a day.';
comment on column account_opening.revealed_at is 'When the password was shown; never again.';
comment on column account_opening.asked_at is 'When.';
comment on column account_opening.asked_by is 'User who asked; null for the system.';
comment on column account_opening.asked_by_name is 'Their name then.';
comment on column account_opening.ready_at is 'When the account could be used.';
call protect_tenant_table('account_opening', 'select, insert, update');
create index account_opening_recent on account_opening (agency_id, id desc);

create table account_defaults (
  agency_id uuid not null primary key,
  locale text not null check (locale in ('fr', 'en', 'es', 'zh')),
  time_zone text not null,
  notification_email text,
  plan_code text not null default 'plus' check (plan_code in ('lite', 'plus', 'professional', 'enterprise', 'trial')),
  interval text not null default 'month' check (interval in ('month', 'year')),
  updated_at timestamptz not null,
  version integer not null default 1,
  foreign key (agency_id) references agency
);
comment on table account_defaults is 'What a new hosted account starts with; pushed to existing ones on demand (B64).';
comment on column account_defaults.agency_id is 'Tenant.';
comment on column account_defaults.locale is 'Language.';
comment on column account_defaults.time_zone is 'IANA zone.';
comment on column account_defaults.notification_email is 'Address the agency reads; null for that of who opens the account.';
comment on column account_defaults.plan_code is 'Plan proposed first.';
comment on column account_defaults.interval is 'Interval proposed first.';
comment on column account_defaults.updated_at is 'Last change.';
comment on column account_defaults.version is 'Optimistic concurrency.';
call protect_tenant_table('account_defaults');

-- As search_clients: the trigram index is out of reach behind row security, so this searches the tenant of the
-- transaction and no other, and gives ids only.
create function search_hosted_accounts(typed text, most integer) returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  tenant constant uuid := current_agency_id();
  pattern text;
  has_all text := '';
  ids uuid[];
begin
  foreach pattern in array search_patterns(typed) loop
    has_all := has_all || format(' and search_text like %L', pattern);
  end loop;
  execute format('select coalesce(array_agg(id), ''{}'') from (select id from hosted_account where agency_id = %L%s limit %s) hit',
    tenant, has_all, most) into ids;
  return ids;
end $$;
comment on function search_hosted_accounts is 'Hosted accounts of the transaction''s tenant that hold every word typed, accents and case forgiven; at most `most`.';
revoke all on function search_hosted_accounts from public;
grant execute on function search_hosted_accounts to canopee_app;

alter table saved_view drop constraint saved_view_page_check;
alter table saved_view add constraint saved_view_page_check check (page in ('clients', 'members', 'audit', 'hosted_accounts'));

create index subscription_referred on subscription (agency_id, hosted_account_id) where commercial_mode = 'referred';
