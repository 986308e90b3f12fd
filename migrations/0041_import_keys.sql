-- What each row of an import is recognised by, first come first served: finds rows that are alike without
-- searching the file again, however large.
drop index if exists import_row_agency_id_import_id_match_key_number_idx;
alter table import_row drop column match_key;

create table import_key (
  agency_id uuid not null,
  import_id uuid not null,
  match_key text not null,
  number integer not null,
  primary key (agency_id, import_id, match_key),
  foreign key (agency_id, import_id) references import on delete cascade
);
comment on table import_key is 'The first good row of an import for each client it speaks of.';
comment on column import_key.agency_id is 'Tenant.';
comment on column import_key.import_id is 'Import.';
comment on column import_key.match_key is 'SIREN, else name and town, without accents, case or blanks.';
comment on column import_key.number is 'Line of that row.';
call protect_tenant_table('import_key');
create index on import_key (agency_id, import_id, number);
