-- Clients, who they are assigned to, their billing details and notes.
create table client (
  agency_id uuid not null,
  id uuid not null,
  name text not null,
  status text not null default 'active' check (status in ('active', 'paused', 'archived')),
  home_id uuid,
  website text,
  email text,
  phone text,
  city text,
  country text not null default 'FR',
  sector text,
  tags text[] not null default '{}',
  monthly_budget bigint check (monthly_budget >= 0),
  client_since date,
  description text,
  external_key text,
  assignee_count integer not null default 0,
  search_text text not null generated always as (
    search_key(coalesce(name, '') || ' ' || coalesce(website, '') || ' ' || coalesce(city, '') || ' ' || coalesce(sector, '') || ' ' || coalesce(email, ''))
  ) stored,
  name_key text not null generated always as (search_key(name)) stored,
  last_activity_at timestamptz not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  foreign key (agency_id) references agency,
  foreign key (agency_id, home_id) references member
);
comment on table client is 'A client folder of the agency.';
comment on column client.agency_id is 'Tenant.';
comment on column client.id is 'UUIDv7.';
comment on column client.name is 'Name as shown.';
comment on column client.status is 'active, paused or archived.';
comment on column client.home_id is 'Staff member whose portfolio it is in; null at the root.';
comment on column client.website is 'Site or domain.';
comment on column client.email is 'Main address; never written to by the product.';
comment on column client.phone is 'Telephone.';
comment on column client.city is 'Town.';
comment on column client.country is 'ISO 3166 country.';
comment on column client.sector is 'Line of business.';
comment on column client.tags is 'Labels.';
comment on column client.monthly_budget is 'Planned spend a month, minor units of the agency''s currency.';
comment on column client.client_since is 'Calendar date the relation began.';
comment on column client.description is 'Free text.';
comment on column client.external_key is 'What an import recognises it by (registration number, else name key).';
comment on column client.assignee_count is 'Assignments, dormant ones included; kept by a trigger. 0 is "non assigné" (A22).';
comment on column client.search_text is 'What the search reads.';
comment on column client.name_key is 'Name as sorted and compared.';
comment on column client.last_activity_at is 'Last thing that happened on it.';
comment on column client.archived_at is 'Since when it is archived.';
comment on column client.created_at is 'When it was made.';
comment on column client.updated_at is 'Last change.';
comment on column client.version is 'Optimistic concurrency.';
call protect_tenant_table('client');
create index client_by_name on client (agency_id, name_key, id);
create index client_by_creation on client (agency_id, created_at desc, id desc);
create index client_by_activity on client (agency_id, last_activity_at desc, id desc);
create index client_by_home on client (agency_id, home_id) where home_id is not null;
create index client_unassigned on client (agency_id, name_key, id) where assignee_count = 0;
create unique index client_external on client (agency_id, external_key) where external_key is not null;
create index client_search on client using gin (agency_id, search_text gin_trgm_ops);

create table assignment (
  agency_id uuid not null,
  client_id uuid not null,
  member_id uuid not null,
  is_lead boolean not null default false,
  source text not null default 'manual' check (source in ('manual', 'import', 'template', 'mode_switch', 'sample')),
  assigned_by uuid,
  assigned_by_name text not null,
  assigned_at timestamptz not null,
  primary key (agency_id, client_id, member_id),
  foreign key (agency_id, client_id) references client on delete cascade,
  foreign key (agency_id, member_id) references member
);
comment on table assignment is 'This member works on this client (A10, A11, A17).';
comment on column assignment.agency_id is 'Tenant.';
comment on column assignment.client_id is 'Client.';
comment on column assignment.member_id is 'Sub-account.';
comment on column assignment.is_lead is 'The person in charge (C14); at most one a client.';
comment on column assignment.source is 'How it came to be.';
comment on column assignment.assigned_by is 'User who granted it.';
comment on column assignment.assigned_by_name is 'Their name then.';
comment on column assignment.assigned_at is 'When.';
call protect_tenant_table('assignment');
create index on assignment (agency_id, member_id, client_id);
create unique index assignment_one_lead on assignment (agency_id, client_id) where is_lead;

create function keep_assignee_count() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update client set assignee_count = assignee_count + n
      from (select agency_id as a, client_id as c, count(*)::int as n from added group by 1, 2) x
      where client.agency_id = x.a and client.id = x.c;
  else
    update client set assignee_count = assignee_count - n
      from (select agency_id as a, client_id as c, count(*)::int as n from removed group by 1, 2) x
      where client.agency_id = x.a and client.id = x.c;
  end if;
  return null;
end $$;
comment on function keep_assignee_count is 'Keeps client.assignee_count equal to its assignments.';
create trigger count_added after insert on assignment referencing new table as added
  for each statement execute function keep_assignee_count();
create trigger count_removed after delete on assignment referencing old table as removed
  for each statement execute function keep_assignee_count();

create table billing_profile (
  agency_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  legal_name text,
  siren text,
  siret text,
  vat_number text,
  email text,
  address_line1 text,
  address_line2 text,
  postal_code text,
  city text,
  country text not null default 'FR',
  purchase_reference text,
  payment_terms_days integer,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, client_id),
  foreign key (agency_id, client_id) references client on delete cascade
);
comment on table billing_profile is 'Legal identity a client''s invoices are made out to (A5).';
comment on column billing_profile.agency_id is 'Tenant.';
comment on column billing_profile.id is 'UUIDv7.';
comment on column billing_profile.client_id is 'Client it belongs to.';
comment on column billing_profile.legal_name is 'Registered name.';
comment on column billing_profile.siren is 'French company number, 9 digits, key checked.';
comment on column billing_profile.siret is 'French establishment number, 14 digits, key checked.';
comment on column billing_profile.vat_number is 'VAT number with country prefix, key checked.';
comment on column billing_profile.email is 'Address invoices go to.';
comment on column billing_profile.address_line1 is 'Street.';
comment on column billing_profile.address_line2 is 'Rest of the address.';
comment on column billing_profile.postal_code is 'Postal code.';
comment on column billing_profile.city is 'Town.';
comment on column billing_profile.country is 'ISO 3166 country.';
comment on column billing_profile.purchase_reference is 'What the client wants printed on its invoices.';
comment on column billing_profile.payment_terms_days is 'Days to pay.';
comment on column billing_profile.updated_at is 'Last change.';
comment on column billing_profile.version is 'Optimistic concurrency.';
call protect_tenant_table('billing_profile');
create index on billing_profile (agency_id, siren) where siren is not null;

create table client_note (
  agency_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  author_user_id uuid,
  author_name text not null,
  via_name text,
  body text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references client on delete cascade
);
comment on table client_note is 'Notes kept on a client.';
comment on column client_note.agency_id is 'Tenant.';
comment on column client_note.id is 'UUIDv7.';
comment on column client_note.client_id is 'Client.';
comment on column client_note.author_user_id is 'In whose name it was written.';
comment on column client_note.author_name is 'Their name then.';
comment on column client_note.via_name is 'Who wrote it for them while acting.';
comment on column client_note.body is 'Text.';
comment on column client_note.created_at is 'When.';
comment on column client_note.updated_at is 'Last change.';
comment on column client_note.version is 'Optimistic concurrency.';
call protect_tenant_table('client_note');
create index on client_note (agency_id, client_id, id desc);

create table saved_view (
  agency_id uuid not null,
  id uuid not null,
  page text not null check (page in ('clients', 'members', 'audit')),
  member_id uuid not null,
  is_shared boolean not null default false,
  is_pinned boolean not null default false,
  name text not null,
  query jsonb not null,
  position integer not null default 0,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  foreign key (agency_id, member_id) references member on delete cascade
);
comment on table saved_view is 'A list''s search, filters, sort and columns under a name, for oneself or the whole agency.';
comment on column saved_view.agency_id is 'Tenant.';
comment on column saved_view.id is 'UUIDv7.';
comment on column saved_view.page is 'List it belongs to.';
comment on column saved_view.member_id is 'Who made it.';
comment on column saved_view.is_shared is 'Shown to everybody in the agency.';
comment on column saved_view.is_pinned is 'Shown in the side bar.';
comment on column saved_view.name is 'Name.';
comment on column saved_view.query is 'Search parameters of the page.';
comment on column saved_view.position is 'Order of the tabs.';
comment on column saved_view.created_at is 'When.';
comment on column saved_view.version is 'Optimistic concurrency.';
call protect_tenant_table('saved_view');
create index on saved_view (agency_id, page, member_id);
