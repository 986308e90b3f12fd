-- What the agency asks its own clients for each hosted account: for the renewal cockpit's margins.
create table retail_price (
  agency_id uuid not null,
  hosted_account_id uuid not null,
  amount bigint not null check (amount >= 0),
  currency text not null,
  updated_at timestamptz not null,
  updated_by_name text not null,
  primary key (agency_id, hosted_account_id),
  foreign key (agency_id, hosted_account_id) references hosted_account
);
comment on table retail_price is 'Price an agency asks its client for a hosted account; the agency''s own business, shown to its owners only.';
comment on column retail_price.agency_id is 'Tenant.';
comment on column retail_price.hosted_account_id is 'Hosted account.';
comment on column retail_price.amount is 'For one period of its subscription, without VAT, minor units.';
comment on column retail_price.currency is 'ISO 4217.';
comment on column retail_price.updated_at is 'Last change.';
comment on column retail_price.updated_by_name is 'Who changed it.';
call protect_tenant_table('retail_price');
