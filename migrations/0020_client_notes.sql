-- A deleted note can be taken back for an hour; a job then removes it for good.
alter table client_note add column deleted_at timestamptz;
comment on column client_note.deleted_at is 'Deleted then; gone for good an hour later unless taken back.';
drop index client_note_agency_id_client_id_id_idx;
create index client_note_kept on client_note (agency_id, client_id, id desc) where deleted_at is null;
