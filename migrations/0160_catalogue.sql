-- The catalogue: what the operator sells (links, ads, content), readable by every tenant, written in the
-- operator's own tenant only; and what each agency makes of it: items kept back, prices of its own.

create procedure protect_operator_table(target regclass, privileges text default 'select, insert, update')
  language plpgsql as $$
begin
  call protect_tenant_table(target, privileges);
  execute format('create policy readable on %s for select using (true)', target);
end $$;
comment on procedure protect_operator_table is 'Like protect_tenant_table, for tables that hold the operator''s rows only: every tenant may read them, none but the operator''s writes.';

create table catalogue_item (
  agency_id uuid not null check (agency_id = '00000000-0000-0000-0000-000000000000'),
  id uuid not null,
  reference text not null,
  kind text not null check (kind in ('link', 'ad', 'content')),
  state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
  name text not null,
  site text,
  theme text not null,
  language text not null,
  country text not null,
  trust integer check (trust between 0 and 100),
  citation integer check (citation between 0 and 100),
  traffic integer check (traffic >= 0),
  delay_days integer not null check (delay_days between 0 and 365),
  price bigint not null check (price between 0 and 10000000000),
  currency text not null,
  description text,
  published_number integer,
  draft_number integer,
  search_text text not null generated always as (search_key(name || ' ' || coalesce(site, '') || ' ' || reference)) stored,
  name_key text not null generated always as (search_key(name)) stored,
  published_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, reference)
);
comment on table catalogue_item is 'Something the operator sells, as published (or as drafted, until it is first published).';
comment on column catalogue_item.agency_id is 'Always the operator''s tenant.';
comment on column catalogue_item.id is 'UUIDv7.';
comment on column catalogue_item.reference is 'The operator''s own reference: what an import recognises it by.';
comment on column catalogue_item.kind is 'link: a placement of a link; ad: an ad placement; content: a text to be written.';
comment on column catalogue_item.state is 'draft: never shown to agencies; published: on sale; retired: no longer on sale.';
comment on column catalogue_item.name is 'Name on the list.';
comment on column catalogue_item.site is 'Site it appears on, without scheme; null for content.';
comment on column catalogue_item.theme is 'Theme, one of the contract''s codes.';
comment on column catalogue_item.language is 'ISO 639-1 language.';
comment on column catalogue_item.country is 'ISO 3166 country it is read in.';
comment on column catalogue_item.trust is 'Trust score of the site, 0 to 100.';
comment on column catalogue_item.citation is 'Citation score of the site, 0 to 100.';
comment on column catalogue_item.traffic is 'Visits a month, estimated.';
comment on column catalogue_item.delay_days is 'Days from the order''s acceptance to its delivery.';
comment on column catalogue_item.price is 'Wholesale price, minor units.';
comment on column catalogue_item.currency is 'ISO 4217 currency of the price.';
comment on column catalogue_item.description is 'What one gets, in the language of the item.';
comment on column catalogue_item.published_number is 'Version on sale; null before the first publication.';
comment on column catalogue_item.draft_number is 'Version being prepared; null when nothing is.';
comment on column catalogue_item.search_text is 'Name, site and reference without accents or case.';
comment on column catalogue_item.name_key is 'Name without accents or case, for sorting.';
comment on column catalogue_item.published_at is 'When it was first published.';
comment on column catalogue_item.created_at is 'When it was made.';
comment on column catalogue_item.updated_at is 'Last change.';
comment on column catalogue_item.version is 'Optimistic concurrency.';
call protect_operator_table('catalogue_item');
create index catalogue_item_search on catalogue_item using gin (search_text gin_trgm_ops);
create index catalogue_item_by_trust on catalogue_item (agency_id, currency, (coalesce(trust, -1)) desc, id desc) where state = 'published';
create index catalogue_item_by_citation on catalogue_item (agency_id, currency, (coalesce(citation, -1)) desc, id desc) where state = 'published';
create index catalogue_item_by_traffic on catalogue_item (agency_id, currency, (coalesce(traffic, -1)) desc, id desc) where state = 'published';
create index catalogue_item_by_name on catalogue_item (agency_id, currency, name_key, id) where state = 'published';
create index catalogue_item_by_price on catalogue_item (agency_id, currency, price, id) where state = 'published';
create index catalogue_item_by_delay on catalogue_item (agency_id, currency, delay_days, id) where state = 'published';
create index catalogue_item_by_creation on catalogue_item (agency_id, id desc);
-- Everything the facets are counted over, so that counting reads no row of the table.
create index catalogue_item_facets on catalogue_item (agency_id, currency, kind, theme, language, country)
  include (id, trust, citation, traffic, delay_days, price) where state = 'published';

create table catalogue_item_version (
  agency_id uuid not null check (agency_id = '00000000-0000-0000-0000-000000000000'),
  item_id uuid not null,
  number integer not null,
  kind text not null,
  name text not null,
  site text,
  theme text not null,
  language text not null,
  country text not null,
  trust integer,
  citation integer,
  traffic integer,
  delay_days integer not null,
  price bigint not null,
  currency text not null,
  description text,
  created_at timestamptz not null,
  created_by_name text not null,
  published_at timestamptz,
  primary key (agency_id, item_id, number),
  foreign key (agency_id, item_id) references catalogue_item
);
comment on table catalogue_item_version is 'What an item said and cost, version by version: an order keeps the one it was placed at. A published one never changes.';
comment on column catalogue_item_version.agency_id is 'Always the operator''s tenant.';
comment on column catalogue_item_version.item_id is 'Item.';
comment on column catalogue_item_version.number is 'From 1.';
comment on column catalogue_item_version.kind is 'As in catalogue_item.';
comment on column catalogue_item_version.name is 'As in catalogue_item.';
comment on column catalogue_item_version.site is 'As in catalogue_item.';
comment on column catalogue_item_version.theme is 'As in catalogue_item.';
comment on column catalogue_item_version.language is 'As in catalogue_item.';
comment on column catalogue_item_version.country is 'As in catalogue_item.';
comment on column catalogue_item_version.trust is 'As in catalogue_item.';
comment on column catalogue_item_version.citation is 'As in catalogue_item.';
comment on column catalogue_item_version.traffic is 'As in catalogue_item.';
comment on column catalogue_item_version.delay_days is 'As in catalogue_item.';
comment on column catalogue_item_version.price is 'Wholesale price, minor units.';
comment on column catalogue_item_version.currency is 'ISO 4217 currency.';
comment on column catalogue_item_version.description is 'As in catalogue_item.';
comment on column catalogue_item_version.created_at is 'When it was drafted.';
comment on column catalogue_item_version.created_by_name is 'Who drafted it, their name then.';
comment on column catalogue_item_version.published_at is 'When it went on sale; from then on it never changes. Null: the draft.';
call protect_operator_table('catalogue_item_version', 'select, insert, update, delete');
create unique index catalogue_item_one_draft on catalogue_item_version (agency_id, item_id) where published_at is null;

create function keep_published_version() returns trigger language plpgsql as $$
begin
  if old.published_at is not null then
    raise exception 'version % of item % is published and never changes', old.number, old.item_id;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
comment on function keep_published_version is 'Refuses any change of a published version of a catalogue item.';
create trigger keep_published before update or delete on catalogue_item_version
  for each row execute function keep_published_version();

create table catalogue_hidden_item (
  agency_id uuid not null,
  item_id uuid not null,
  hidden_at timestamptz not null,
  hidden_by_name text not null,
  primary key (agency_id, item_id)
);
comment on table catalogue_hidden_item is 'Items an agency keeps back from its people, one by one.';
comment on column catalogue_hidden_item.agency_id is 'Tenant.';
comment on column catalogue_hidden_item.item_id is 'Item of the operator''s catalogue.';
comment on column catalogue_hidden_item.hidden_at is 'When.';
comment on column catalogue_hidden_item.hidden_by_name is 'Who, their name then.';
call protect_tenant_table('catalogue_hidden_item');

create table catalogue_retail_price (
  agency_id uuid not null,
  item_id uuid not null,
  amount bigint not null check (amount between 0 and 10000000000),
  set_at timestamptz not null,
  set_by_name text not null,
  primary key (agency_id, item_id)
);
comment on table catalogue_retail_price is 'Prices an agency set by hand for its clients; they win over its margin rules.';
comment on column catalogue_retail_price.agency_id is 'Tenant.';
comment on column catalogue_retail_price.item_id is 'Item of the operator''s catalogue.';
comment on column catalogue_retail_price.amount is 'Retail price, minor units of the item''s currency.';
comment on column catalogue_retail_price.set_at is 'When.';
comment on column catalogue_retail_price.set_by_name is 'Who, their name then.';
call protect_tenant_table('catalogue_retail_price');

create table catalogue_rule (
  agency_id uuid not null,
  id uuid not null,
  effect text not null check (effect in ('hide', 'margin')),
  position integer not null,
  kind text check (kind in ('link', 'ad', 'content')),
  theme text,
  language text,
  country text,
  price_from bigint,
  price_to bigint,
  trust_below integer check (trust_below between 1 and 100),
  percent_basis_points integer not null default 0 check (percent_basis_points between 0 and 1000000),
  fixed bigint not null default 0 check (fixed between 0 and 1000000000),
  round_to bigint not null default 1 check (round_to in (1, 10, 50, 100, 500, 1000)),
  created_at timestamptz not null,
  created_by_name text not null,
  primary key (agency_id, id)
);
comment on table catalogue_rule is 'An agency''s rules over the catalogue: what it keeps back, and the margin its retail prices are made with. Every condition given must hold; the first margin rule that fits an item wins.';
comment on column catalogue_rule.agency_id is 'Tenant.';
comment on column catalogue_rule.id is 'UUIDv7.';
comment on column catalogue_rule.effect is 'hide: items it fits are kept back; margin: their retail price is the wholesale price with this margin.';
comment on column catalogue_rule.position is 'Order among the rules, smallest first.';
comment on column catalogue_rule.kind is 'Only items of this kind; null: any.';
comment on column catalogue_rule.theme is 'Only this theme; null: any.';
comment on column catalogue_rule.language is 'Only this language; null: any.';
comment on column catalogue_rule.country is 'Only this country; null: any.';
comment on column catalogue_rule.price_from is 'Only from this wholesale price on, minor units; null: any.';
comment on column catalogue_rule.price_to is 'Only up to this wholesale price, minor units; null: any.';
comment on column catalogue_rule.trust_below is 'Only sites whose trust score is below, or unknown; null: any.';
comment on column catalogue_rule.percent_basis_points is 'Margin, hundredths of a percent of the wholesale price.';
comment on column catalogue_rule.fixed is 'Margin added to it, minor units.';
comment on column catalogue_rule.round_to is 'The price is rounded, half up, to a multiple of so many minor units.';
comment on column catalogue_rule.created_at is 'When it was made.';
comment on column catalogue_rule.created_by_name is 'Who made it, their name then.';
call protect_tenant_table('catalogue_rule');
create index on catalogue_rule (agency_id, position, id);

-- Views of any list: which lists there are is the contract's to say.
alter table saved_view drop constraint saved_view_page_check;
alter table saved_view add constraint saved_view_page_check check (page ~ '^[a-z_]{1,40}$');

-- Imports of other files than clients', and by the operator's staff, who are nobody's members.
alter table import add column kind text not null default 'clients' check (kind in ('clients', 'catalogue'));
comment on column import.kind is 'What the file holds: clients of the agency, or items of the operator''s catalogue.';
alter table import alter column member_id drop not null;
alter table import_row rename column client_id to outcome_id;
comment on column import_row.outcome_id is 'Client, or catalogue item, it became or changed.';
comment on table import is 'One file on its way in: clients of an agency, or the operator''s catalogue.';
