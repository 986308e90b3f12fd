-- A user may sign in by a user name beside the address (B14, B52: the first user of a hosted account is "admin").
alter table realm_user
  add column user_name text check (user_name ~ '^[^@\s]{2,64}$'),
  add column user_name_key text,
  add constraint realm_user_user_name_key unique (agency_id, realm_id, user_name_key),
  add check ((user_name is null) = (user_name_key is null));
comment on column realm_user.user_name is 'Name to sign in by beside the address, as typed; never holds an @. Null: address only.';
comment on column realm_user.user_name_key is 'User name as compared: NFKC, lower case.';

-- What has run out is swept by this.
create index on one_time_token (agency_id, expires_at);
create index on session (agency_id, expires_at);
