-- Packs of credit that the operator sells, as dated editions.
create table credit_edition (
  agency_id uuid not null,
  version integer not null,
  currency text not null default 'EUR',
  packs jsonb not null,
  prepaid_amounts jsonb not null,
  created_at timestamptz not null,
  created_by_name text not null,
  primary key (agency_id, version),
  foreign key (agency_id) references agency
);
comment on table credit_edition is 'What credit costs: each change is a new edition, the last one sells. Insert-only.';
comment on column credit_edition.agency_id is 'The operator.';
comment on column credit_edition.version is 'From 1.';
comment on column credit_edition.currency is 'ISO 4217 of its prices.';
comment on column credit_edition.packs is 'SMS and previews: kind, quantity, price without VAT in minor units.';
comment on column credit_edition.prepaid_amounts is 'Amounts of prepaid credit offered, without VAT, minor units.';
comment on column credit_edition.created_at is 'When it was written.';
comment on column credit_edition.created_by_name is 'Who wrote it.';
call protect_tenant_table('credit_edition', 'select, insert');
create trigger insert_only before update or delete on credit_edition for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on credit_edition for each statement execute function refuse_change();

select set_config('app.agency_id', '00000000-0000-0000-0000-000000000000', true);
insert into credit_edition (agency_id, version, packs, prepaid_amounts, created_at, created_by_name)
values ('00000000-0000-0000-0000-000000000000', 1,
  '[{"kind":"sms","quantity":500,"price":2400},{"kind":"sms","quantity":1000,"price":4550},{"kind":"sms","quantity":5000,"price":21500},{"kind":"sms","quantity":20000,"price":82000},
    {"kind":"preview","quantity":10,"price":900},{"kind":"preview","quantity":50,"price":3900},{"kind":"preview","quantity":200,"price":13900}]',
  '[5000,10000,25000,50000,100000,250000]', '2020-01-01T00:00:00Z', 'Canopée');
select set_config('app.agency_id', '', true);
