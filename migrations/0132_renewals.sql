-- Renewals: how the payment of each billed period goes, and the charges that provide for a month of them.
create table renewal (
  agency_id uuid not null,
  subscription_id uuid not null,
  period_index integer not null,
  hosted_account_id uuid not null,
  purchase_id uuid not null,
  state text not null check (state in ('collecting', 'retrying', 'paid', 'suspended')),
  due_at timestamptz not null,
  tries integer not null default 0,
  failure_code text,
  next_try_at timestamptz,
  stops_at timestamptz,
  notice text check (notice in ('failed', 'failed_again', 'suspended', 'reopened')),
  primary key (agency_id, subscription_id, period_index),
  unique (agency_id, purchase_id),
  foreign key (agency_id, subscription_id) references subscription,
  foreign key (agency_id, purchase_id) references purchase
);
comment on table renewal is 'How the payment of a billed period goes; a period is billed once by subscription_period.';
comment on column renewal.agency_id is 'Tenant.';
comment on column renewal.subscription_id is 'Subscription.';
comment on column renewal.period_index is 'Period that is billed.';
comment on column renewal.hosted_account_id is 'Its hosted account.';
comment on column renewal.purchase_id is 'Purchase that pays it.';
comment on column renewal.state is 'collecting: first try under way; retrying: failed, tries to come; paid; suspended: the last try failed, the account is closed until paid.';
comment on column renewal.due_at is 'When it was billed and first tried.';
comment on column renewal.tries is 'Tries that failed.';
comment on column renewal.failure_code is 'Why the last one failed.';
comment on column renewal.next_try_at is 'When it is tried again; null after a hard decline, until there is another card.';
comment on column renewal.stops_at is 'When the account is suspended if it is still unpaid and no try is to come.';
comment on column renewal.notice is 'What the agency is still to be told of.';
call protect_tenant_table('renewal', 'select, insert, update');
create index renewal_retry on renewal (next_try_at) where state = 'retrying';
create index renewal_stop on renewal (stops_at) where state = 'retrying';
create index renewal_notice on renewal (agency_id, notice) where notice is not null;
create index renewal_open on renewal (agency_id, state) where state <> 'paid';

create table prepaid_collection (
  agency_id uuid not null,
  collected_on date not null,
  until_on date not null,
  renewals integer not null,
  amount bigint not null check (amount >= 0),
  purchase_id uuid,
  created_at timestamptz not null,
  primary key (agency_id, collected_on),
  foreign key (agency_id, purchase_id) references purchase
);
comment on table prepaid_collection is 'One charge a month (B40): on the agency''s collection day, prepaid credit for the renewals up to the next one.';
comment on column prepaid_collection.agency_id is 'Tenant.';
comment on column prepaid_collection.collected_on is 'Collection day, in the agency''s time zone: once each.';
comment on column prepaid_collection.until_on is 'Next collection day.';
comment on column prepaid_collection.renewals is 'Renewals it provides for.';
comment on column prepaid_collection.amount is 'Prepaid credit that was missing, VAT included, minor units.';
comment on column prepaid_collection.purchase_id is 'Purchase of that credit; null when enough was there.';
comment on column prepaid_collection.created_at is 'When it was counted.';
call protect_tenant_table('prepaid_collection', 'select, insert, update');
