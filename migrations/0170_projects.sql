-- Work bought for a client: its projects (one per site) and its campaigns, which group orders (A3, A4, C9, C20).

create table project (
  agency_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  name text not null,
  site_url text,
  site_host text,
  description text,
  state text not null default 'active' check (state in ('active', 'archived')),
  name_key text not null generated always as (search_key(name)) stored,
  search_text text not null generated always as (search_key(name || ' ' || coalesce(site_host, ''))) stored,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, client_id, id),
  foreign key (agency_id, client_id) references client
);
comment on table project is 'A site of a client that work is bought for (C9, C20).';
comment on column project.agency_id is 'Tenant.';
comment on column project.id is 'UUIDv7.';
comment on column project.client_id is 'Client it belongs to, for good.';
comment on column project.name is 'Name as shown.';
comment on column project.site_url is 'Address of the site, https or http; null for work without a site.';
comment on column project.site_host is 'Host name of the site, without www.';
comment on column project.description is 'Free text.';
comment on column project.state is 'active, or archived: kept, and offered for no new order.';
comment on column project.name_key is 'Name as sorted and compared.';
comment on column project.search_text is 'What the search reads.';
comment on column project.created_by is 'User it was made by or for.';
comment on column project.created_by_name is 'Their name then.';
comment on column project.created_at is 'When it was made.';
comment on column project.updated_at is 'Last change.';
comment on column project.version is 'Optimistic concurrency.';
call protect_tenant_table('project');
create index project_of_client on project (agency_id, client_id, state, name_key, id);
create index project_by_name on project (agency_id, name_key, id);

create table campaign (
  agency_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  name text not null,
  goal text,
  starts_on date not null,
  ends_on date,
  budget bigint check (budget >= 0),
  currency text not null,
  state text not null default 'active' check (state in ('active', 'paused', 'ended')),
  name_key text not null generated always as (search_key(name)) stored,
  search_text text not null generated always as (search_key(name || ' ' || coalesce(goal, ''))) stored,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, client_id, id),
  foreign key (agency_id, client_id) references client,
  check (ends_on >= starts_on)
);
comment on table campaign is 'What groups orders of a client over some time, for some budget (A3, A4).';
comment on column campaign.agency_id is 'Tenant.';
comment on column campaign.id is 'UUIDv7.';
comment on column campaign.client_id is 'Client it belongs to, for good.';
comment on column campaign.name is 'Name as shown.';
comment on column campaign.goal is 'What it is to reach, free text.';
comment on column campaign.starts_on is 'First day, in the agency''s zone.';
comment on column campaign.ends_on is 'Last day, included; null for none.';
comment on column campaign.budget is 'What its orders may cost together, minor units; null for no limit. A plan, never money.';
comment on column campaign.currency is 'ISO 4217 currency of the budget.';
comment on column campaign.state is 'active, paused (no new order) or ended. Whether it has begun follows from its days.';
comment on column campaign.name_key is 'Name as sorted and compared.';
comment on column campaign.search_text is 'What the search reads.';
comment on column campaign.created_by is 'User it was made by or for.';
comment on column campaign.created_by_name is 'Their name then.';
comment on column campaign.created_at is 'When it was made.';
comment on column campaign.updated_at is 'Last change.';
comment on column campaign.version is 'Optimistic concurrency.';
call protect_tenant_table('campaign');
create index campaign_of_client on campaign (agency_id, client_id, starts_on desc, id desc);
create index campaign_by_start on campaign (agency_id, starts_on desc, id desc);

create table campaign_project (
  agency_id uuid not null,
  client_id uuid not null,
  campaign_id uuid not null,
  project_id uuid not null,
  primary key (agency_id, campaign_id, project_id),
  foreign key (agency_id, client_id, campaign_id) references campaign (agency_id, client_id, id) on delete cascade,
  foreign key (agency_id, client_id, project_id) references project (agency_id, client_id, id)
);
comment on table campaign_project is 'Projects a campaign works for, of the same client by the shape of the keys.';
comment on column campaign_project.agency_id is 'Tenant.';
comment on column campaign_project.client_id is 'The client of both.';
comment on column campaign_project.campaign_id is 'Campaign.';
comment on column campaign_project.project_id is 'Project.';
call protect_tenant_table('campaign_project');
create index on campaign_project (agency_id, project_id);
