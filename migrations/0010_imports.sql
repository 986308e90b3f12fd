-- Imports of client files: the file in pieces, its rows, and what became of each.
alter table client drop column external_key;

create table import (
  agency_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  user_id uuid not null,
  file_name text not null,
  format text not null check (format in ('csv', 'xlsx')),
  size integer not null,
  chunk_count integer not null,
  state text not null default 'uploading' check (state in ('uploading', 'reading', 'mapping', 'checking', 'checked', 'running', 'done', 'failed')),
  failure jsonb,
  encoding text,
  delimiter text,
  headers jsonb not null default '[]',
  mapping jsonb not null default '{}',
  update_existing boolean not null default true,
  row_count integer not null default 0,
  job_id uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, member_id) references member
);
comment on table import is 'One file of clients on its way in.';
comment on column import.agency_id is 'Tenant.';
comment on column import.id is 'UUIDv7.';
comment on column import.member_id is 'In whose sight it runs.';
comment on column import.user_id is 'Who brought the file.';
comment on column import.file_name is 'Name of the file, as given.';
comment on column import.format is 'csv or xlsx.';
comment on column import.size is 'Bytes announced.';
comment on column import.chunk_count is 'Pieces the file comes in.';
comment on column import.state is 'Where it is: uploading, reading, mapping, checking, checked, running, done, failed.';
comment on column import.failure is 'Why the whole file was refused: text key and values.';
comment on column import.encoding is 'utf-8, utf-16le or windows-1252, as found.';
comment on column import.delimiter is 'Separator, as found.';
comment on column import.headers is 'Titles of its columns.';
comment on column import.mapping is 'Column number → field it fills.';
comment on column import.update_existing is 'Known clients take the file''s values.';
comment on column import.row_count is 'Rows below the titles.';
comment on column import.job_id is 'Long work under way or last done.';
comment on column import.created_at is 'When it began.';
comment on column import.finished_at is 'When it ended.';
call protect_tenant_table('import');

create table import_chunk (
  agency_id uuid not null,
  import_id uuid not null,
  number integer not null,
  bytes bytea not null,
  primary key (agency_id, import_id, number),
  foreign key (agency_id, import_id) references import on delete cascade
);
comment on table import_chunk is 'Pieces of an imported file, so that any process can go on with it.';
comment on column import_chunk.agency_id is 'Tenant.';
comment on column import_chunk.import_id is 'Import.';
comment on column import_chunk.number is 'From 0.';
comment on column import_chunk.bytes is 'The piece.';
call protect_tenant_table('import_chunk');

create table import_row (
  agency_id uuid not null,
  import_id uuid not null,
  number integer not null,
  cells jsonb not null,
  state text not null default 'read' check (state in ('read', 'ready', 'faulty', 'created', 'updated', 'unchanged')),
  parsed jsonb,
  issues jsonb not null default '[]',
  match_key text,
  client_id uuid,
  primary key (agency_id, import_id, number),
  foreign key (agency_id, import_id) references import on delete cascade
);
comment on table import_row is 'Rows of an imported file: as read, as understood, and what became of them.';
comment on column import_row.agency_id is 'Tenant.';
comment on column import_row.import_id is 'Import.';
comment on column import_row.number is 'Line of the file the row begins on, titles included.';
comment on column import_row.cells is 'Cells as read or corrected.';
comment on column import_row.state is 'read, ready or faulty after the check; created, updated or unchanged after the import.';
comment on column import_row.parsed is 'Values as understood.';
comment on column import_row.issues is 'Faults and remarks: field, text key, values, severity.';
comment on column import_row.match_key is 'What the row is recognised by: name without accents, case or blanks.';
comment on column import_row.client_id is 'Client it became or changed.';
call protect_tenant_table('import_row');
create index on import_row (agency_id, import_id, state, number);
create index on import_row (agency_id, import_id, match_key, number);
