-- Who signs in to a hosted account, and who of its agency is in there in their place ("Connexion", B9).
create table account_user (
  agency_id uuid not null,
  user_id uuid not null,
  hosted_account_id uuid not null,
  role text not null check (role in ('admin', 'user')),
  state text not null default 'active' check (state in ('invited', 'active', 'disabled')),
  password_given_at timestamptz,
  invited_at timestamptz,
  invited_by_name text,
  disabled_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, user_id),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table account_user is 'A user of one hosted account; its realm_user has the account as its realm.';
comment on column account_user.agency_id is 'Tenant.';
comment on column account_user.user_id is 'The realm_user it is.';
comment on column account_user.hosted_account_id is 'The account, which is also the realm.';
comment on column account_user.role is 'admin manages the users; user works. An account always has an admin who may sign in.';
comment on column account_user.state is 'invited until the password is set, active, or disabled.';
comment on column account_user.password_given_at is 'When somebody else chose the password (B29, B52); its own once realm_user.password_changed_at is later.';
comment on column account_user.invited_at is 'Last invitation mailed.';
comment on column account_user.invited_by_name is 'Name of who invited it.';
comment on column account_user.disabled_at is 'Since when it is disabled.';
comment on column account_user.created_at is 'When it was made.';
comment on column account_user.version is 'Optimistic concurrency.';
call protect_tenant_table('account_user');
create index on account_user (agency_id, hosted_account_id, state);

create table account_access_session (
  agency_id uuid not null,
  id uuid not null,
  hosted_account_id uuid not null,
  client_id uuid not null,
  origin_session_id uuid not null,
  origin_access_id uuid,
  session_id uuid,
  actor_user_id uuid not null,
  actor_member_id uuid not null,
  member_id uuid not null,
  subject_user_id uuid not null,
  read_only boolean not null default false,
  reason text,
  back_to text not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, actor_user_id) references realm_user,
  foreign key (agency_id, subject_user_id) references realm_user
);
comment on table account_access_session is 'Somebody of the agency inside a hosted account as its administrator (B9): who, for whom, until when.';
comment on column account_access_session.agency_id is 'Tenant.';
comment on column account_access_session.id is 'UUIDv7.';
comment on column account_access_session.hosted_account_id is 'The account entered.';
comment on column account_access_session.client_id is 'The client folder it belongs to; whoever no longer works on it is out.';
comment on column account_access_session.origin_session_id is 'Session on the agency''s host it was entered from; ends with it.';
comment on column account_access_session.origin_access_id is 'Acting session it was entered from, if any: the chain goes on.';
comment on column account_access_session.session_id is 'Session on the account''s host; null until the code is used.';
comment on column account_access_session.actor_user_id is 'The person at the keyboard.';
comment on column account_access_session.actor_member_id is 'Their own member.';
comment on column account_access_session.member_id is 'The member whose sight and rights opened it: theirs, or the one they acted as.';
comment on column account_access_session.subject_user_id is 'The account''s administrator in whose name they act.';
comment on column account_access_session.read_only is 'Writes refused for now.';
comment on column account_access_session.reason is 'Why, when given or demanded.';
comment on column account_access_session.back_to is 'Page of the agency one left, to come back to.';
comment on column account_access_session.started_at is 'When it was asked for.';
comment on column account_access_session.expires_at is 'End unless renewed: 30 minutes.';
comment on column account_access_session.ended_at is 'When it was left or cut.';
call protect_tenant_table('account_access_session', 'select, insert, update');
create index on account_access_session (agency_id, hosted_account_id, started_at desc);
create index on account_access_session (agency_id, session_id);
create index account_access_live on account_access_session (agency_id, origin_session_id) where ended_at is null;

-- Whoever is signed out of the agency is out of the accounts too, and the other way round.
create function end_account_access_of_session() returns trigger language plpgsql as $$
begin
  update account_access_session x set ended_at = now() + i.clock_offset
    from gone, installation i
    where x.agency_id = gone.agency_id and x.ended_at is null and gone.id in (x.session_id, x.origin_session_id);
  return null;
end $$;
comment on function end_account_access_of_session is 'Ends what was entered from, or lived in, browser sessions that end.';
create trigger end_account_access after delete on session referencing old table as gone
  for each statement execute function end_account_access_of_session();

-- A member who is disabled, moved or given another role, and one taken off the client, must ask again.
create function end_account_access_of_member() returns trigger language plpgsql as $$
begin
  update account_access_session x set ended_at = now() + i.clock_offset
    from installation i
    where x.agency_id = new.agency_id and x.ended_at is null and new.id in (x.actor_member_id, x.member_id);
  return null;
end $$;
comment on function end_account_access_of_member is 'Ends the visits of a member whose place or right changed.';
create trigger end_account_access after update of state, role, parent_id on member for each row
  when ((old.state, old.role) is distinct from (new.state, new.role) or old.parent_id is distinct from new.parent_id)
  execute function end_account_access_of_member();

create function end_account_access_of_assignment() returns trigger language plpgsql as $$
begin
  update account_access_session x set ended_at = now() + i.clock_offset
    from gone, installation i
    where x.agency_id = gone.agency_id and x.ended_at is null and x.client_id = gone.client_id
      and (x.member_id = gone.member_id or exists (select from member_closure c where c.agency_id = gone.agency_id
        and c.ancestor_id = x.member_id and c.descendant_id = gone.member_id and c.depth > 0))
      and not exists (select from member m where m.agency_id = x.agency_id and m.id = x.member_id and m.role = 'owner');
  return null;
end $$;
comment on function end_account_access_of_assignment is 'Ends the visits to a client''s accounts that an assignment taken away may have opened.';
create trigger end_account_access after delete on assignment referencing old table as gone
  for each statement execute function end_account_access_of_assignment();

alter table one_time_token drop constraint one_time_token_purpose_check;
alter table one_time_token add constraint one_time_token_purpose_check check (purpose in (
  'invitation', 'password_reset', 'email_confirmation', 'email_change', 'host_crossing', 'webauthn', 'second_factor', 'account_access'));
