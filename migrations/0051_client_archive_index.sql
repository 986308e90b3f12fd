-- The archive is counted on every visit of the list, and is a small part of it.
create index client_archived on client (agency_id, name_key, id) where status = 'archived';
