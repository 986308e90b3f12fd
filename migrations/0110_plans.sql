-- The operator's plans: what hosted accounts are sold at. One document a version, read whole and never changed
-- once published: a subscription keeps the version it was sold at, and an invoice can be recomputed for good.
create table plan_catalogue (
  agency_id uuid not null check (agency_id = '00000000-0000-0000-0000-000000000000'),
  version integer not null check (version > 0),
  content jsonb not null,
  applies_from timestamptz not null,
  note text,
  published_at timestamptz not null,
  published_by text not null,
  primary key (agency_id, version),
  foreign key (agency_id) references agency
);
comment on table plan_catalogue is 'Published versions of the plans, insert-only; the operator''s, readable by every tenant.';
comment on column plan_catalogue.agency_id is 'Always the operator: nobody else sells plans.';
comment on column plan_catalogue.version is 'From 1 without gaps; the highest that applies is the one in force.';
comment on column plan_catalogue.content is 'Currency, contact limits, plans with prices in minor units, features and limits, discount ladder, trial.';
comment on column plan_catalogue.applies_from is 'In force from then on.';
comment on column plan_catalogue.note is 'What the operator says has changed.';
comment on column plan_catalogue.published_at is 'When it was published.';
comment on column plan_catalogue.published_by is 'Name of who published it.';
call protect_tenant_table('plan_catalogue', 'select, insert');
create policy readable on plan_catalogue for select using (true);
create trigger insert_only before update or delete on plan_catalogue for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on plan_catalogue for each statement execute function refuse_change();

create table plan_draft (
  agency_id uuid primary key check (agency_id = '00000000-0000-0000-0000-000000000000'),
  content jsonb not null,
  updated_at timestamptz not null,
  updated_by text not null,
  version integer not null default 1,
  foreign key (agency_id) references agency
);
comment on table plan_draft is 'The next version while the operator edits it; nobody else reads it.';
comment on column plan_draft.agency_id is 'Always the operator.';
comment on column plan_draft.content is 'As plan_catalogue.content.';
comment on column plan_draft.updated_at is 'Last change.';
comment on column plan_draft.updated_by is 'Name of who made it.';
comment on column plan_draft.version is 'Optimistic concurrency.';
call protect_tenant_table('plan_draft');

-- The shipped catalogue, before VAT and discount. A year costs ten months.
insert into plan_catalogue (agency_id, version, content, applies_from, published_at, published_by)
  values ('00000000-0000-0000-0000-000000000000', 1, '{
  "currency": "EUR",
  "contactLimits": [500, 1000, 2500, 5000, 10000, 25000, 50000, 75000, 100000, 150000, 200000, 250000],
  "ladder": [
    { "from": 1, "percent": 0 },
    { "from": 2, "percent": 25 },
    { "from": 25, "percent": 35 },
    { "from": 50, "percent": 45 },
    { "from": 100, "percent": 55 }
  ],
  "trial": {
    "days": 14,
    "extensionDays": 14,
    "contacts": 100,
    "mails": 100,
    "features": ["mailings", "segments", "previews", "sms"],
    "limits": { "users": 3, "mailsPerContact": 1, "customFields": 20 }
  },
  "plans": [
    {
      "code": "lite",
      "features": ["mailings", "segments", "previews"],
      "limits": { "users": 3, "mailsPerContact": 10, "customFields": 20 },
      "prices": {
        "month": [1500, 2700, 3900, 5900, 9500, 16900, 27900, 36900, 44900, 59900, 73900, 86900],
        "year": [15000, 27000, 39000, 59000, 95000, 169000, 279000, 369000, 449000, 599000, 739000, 869000]
      }
    },
    {
      "code": "plus",
      "features": ["mailings", "segments", "previews", "sms", "companies", "deals"],
      "limits": { "users": 10, "mailsPerContact": 10, "customFields": 100 },
      "prices": {
        "month": [3900, 5900, 8500, 12900, 19900, 32900, 51900, 68900, 83900, 111900, 137900, 161900],
        "year": [39000, 59000, 85000, 129000, 199000, 329000, 519000, 689000, 839000, 1119000, 1379000, 1619000]
      }
    },
    {
      "code": "professional",
      "features": ["mailings", "segments", "previews", "sms", "companies", "deals", "api"],
      "limits": { "users": 25, "mailsPerContact": 12, "customFields": 300 },
      "prices": {
        "month": [7900, 10900, 15900, 22900, 32900, 52900, 81900, 106900, 129900, 171900, 210900, 246900],
        "year": [79000, 109000, 159000, 229000, 329000, 529000, 819000, 1069000, 1299000, 1719000, 2109000, 2469000]
      }
    },
    {
      "code": "enterprise",
      "features": ["mailings", "segments", "previews", "sms", "companies", "deals", "api", "priority"],
      "limits": { "users": null, "mailsPerContact": 15, "customFields": null },
      "prices": {
        "month": [14500, 18900, 26900, 36900, 50900, 78900, 118900, 153900, 185900, 243900, 297900, 347900],
        "year": [145000, 189000, 269000, 369000, 509000, 789000, 1189000, 1539000, 1859000, 2439000, 2979000, 3479000]
      }
    }
  ]
}', '2020-01-01', now(), 'Canopée');
