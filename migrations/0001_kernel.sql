-- The kernel's own tables: roles, row security, hosts, agencies, users, sessions, audit, mail, jobs.
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;
create extension if not exists pgcrypto;

-- The application signs in as canopee_app: no superuser, no bypass of row security, owner of nothing.
do $$ begin
  if not exists (select from pg_roles where rolname = 'canopee_app') then
    create role canopee_app nosuperuser nocreatedb nocreaterole nobypassrls noinherit;
  end if;
end $$;
grant usage on schema public to canopee_app;

create function current_agency_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.agency_id', true), '')::uuid;
comment on function current_agency_id is 'Tenant of this transaction; null when unset, which matches no row.';
grant execute on function current_agency_id to canopee_app;

-- Wall 2 of three: tenant equality, forced on the owner too. Insert-only tables get no update or delete.
create procedure protect_tenant_table(target regclass, privileges text default 'select, insert, update, delete')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s using (agency_id = nullif(current_setting(''app.agency_id'', true), '''')::uuid)
    with check (agency_id = nullif(current_setting(''app.agency_id'', true), '''')::uuid)', target);
  execute format('grant %s on %s to canopee_app', privileges, target);
end $$;
comment on procedure protect_tenant_table is 'Turns forced row security by tenant equality on and grants the application its rights.';

create function search_key(value text) returns text
  language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent', value));
comment on function search_key is 'Text without accents or case, as stored for searching and as typed by the user.';
grant execute on function search_key to canopee_app;

-- Installation -----------------------------------------------------------------------------------
create table installation (
  only_row boolean primary key default true check (only_row),
  sandbox boolean not null default true,
  clock_offset interval not null default '0',
  created_at timestamptz not null default now()
);
comment on table installation is 'The one row about this installation.';
comment on column installation.only_row is 'Always true: there is one installation.';
comment on column installation.sandbox is 'Sandbox installations may move their clock and offer sample data.';
comment on column installation.clock_offset is 'How far the clock was moved forward; added to the real time everywhere.';
comment on column installation.created_at is 'When the database was first migrated (real time).';
insert into installation default values;
grant select on installation to canopee_app;
grant update (clock_offset) on installation to canopee_app;

-- Agencies and host names ------------------------------------------------------------------------
create table agency (
  agency_id uuid primary key,
  kind text not null check (kind in ('agency', 'advertiser', 'operator')),
  name text not null,
  slug text not null,
  mode text not null default 'simple' check (mode in ('simple', 'intermediate', 'full')),
  hierarchy_enabled boolean not null default false,
  state text not null default 'active' check (state in ('active', 'disabled')),
  is_sample boolean not null default false,
  locale text not null default 'fr' check (locale in ('fr', 'en', 'es', 'zh')),
  time_zone text not null default 'Europe/Paris',
  country text not null default 'FR',
  currency text not null default 'EUR',
  brand_color text not null default '#12694f',
  support_email text,
  acting_reason_required boolean not null default false,
  dismissed_hints text[] not null default '{}',
  created_at timestamptz not null,
  version integer not null default 1
);
comment on table agency is 'The tenant. The operator is the row with the nil id.';
comment on column agency.agency_id is 'The tenant key itself.';
comment on column agency.kind is 'agency: opens client folders; advertiser: one company (A1); operator: who runs the installation.';
comment on column agency.name is 'Name shown to its members and clients.';
comment on column agency.slug is 'First label of its address; shares one namespace with hosted accounts.';
comment on column agency.mode is 'Depth of the hierarchy (C5 to C7).';
comment on column agency.hierarchy_enabled is 'Hierarchical modes are turned on by the operator on request (C4).';
comment on column agency.state is 'disabled: no session of it lives on.';
comment on column agency.is_sample is 'Made of example data; shown as such.';
comment on column agency.locale is 'Language of its mails and of people who chose none.';
comment on column agency.time_zone is 'IANA zone its days are counted in.';
comment on column agency.country is 'ISO 3166 country of the agency.';
comment on column agency.currency is 'ISO 4217 currency of its budgets.';
comment on column agency.brand_color is 'One colour, from which every shade is derived.';
comment on column agency.support_email is 'Address that its people may write to for help.';
comment on column agency.acting_reason_required is 'Acting as somebody asks for a reason.';
comment on column agency.dismissed_hints is 'Hints and start lists the agency closed.';
comment on column agency.created_at is 'When it signed up.';
comment on column agency.version is 'Optimistic concurrency.';
call protect_tenant_table('agency');

create table host_name (
  name text primary key,
  kind text not null check (kind in ('slug', 'domain')),
  agency_id uuid not null,
  realm_id uuid not null,
  realm_kind text not null check (realm_kind in ('agency', 'hosted_account')),
  verified_at timestamptz
);
comment on table host_name is 'Every address an installation answers to besides its base host: one namespace for all tenants.';
comment on column host_name.name is 'A slug (label below the base host) or a whole custom domain.';
comment on column host_name.kind is 'slug or domain.';
comment on column host_name.agency_id is 'Tenant it belongs to.';
comment on column host_name.realm_id is 'The agency or hosted account whose users sign in there.';
comment on column host_name.realm_kind is 'What realm_id is.';
comment on column host_name.verified_at is 'When a custom domain was proved; null for not yet. Slugs are verified when made.';
alter table host_name enable row level security;
alter table host_name force row level security;
create policy readable on host_name for select using (true);
create policy tenant on host_name using (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid)
  with check (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid);
grant select, insert, update, delete on host_name to canopee_app;

create table email_directory (
  email_hash bytea not null,
  agency_id uuid not null,
  primary key (email_hash, agency_id)
);
comment on table email_directory is 'Which agencies know a keyed hash of an address: serves "find my agency" and nothing else.';
comment on column email_directory.email_hash is 'HMAC-SHA-256 of the address under the installation''s secret.';
comment on column email_directory.agency_id is 'An agency where that address has a user.';
alter table email_directory enable row level security;
alter table email_directory force row level security;
create policy readable on email_directory for select using (true);
create policy tenant on email_directory using (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid)
  with check (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid);
grant select, insert, delete on email_directory to canopee_app;

-- Users of a realm -------------------------------------------------------------------------------
create table realm_user (
  agency_id uuid not null,
  id uuid not null,
  realm_id uuid not null,
  realm_kind text not null check (realm_kind in ('operator', 'agency', 'hosted_account')),
  email text not null,
  email_key text not null,
  name text not null,
  locale text check (locale in ('fr', 'en', 'es', 'zh')),
  time_zone text,
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  shortcuts boolean not null default true,
  state text not null default 'active' check (state in ('active', 'disabled')),
  password_hash text,
  password_changed_at timestamptz,
  email_confirmed_at timestamptz,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  primary key (agency_id, id),
  unique (agency_id, realm_id, email_key),
  foreign key (agency_id) references agency
);
comment on table realm_user is 'A person in one realm. The same address in two realms is two people with nothing shared.';
comment on column realm_user.agency_id is 'Tenant.';
comment on column realm_user.id is 'UUIDv7.';
comment on column realm_user.realm_id is 'The agency or hosted account it signs in to.';
comment on column realm_user.realm_kind is 'What realm_id is.';
comment on column realm_user.email is 'Address as typed.';
comment on column realm_user.email_key is 'Address as compared: NFKC, lower case.';
comment on column realm_user.name is 'Full name.';
comment on column realm_user.locale is 'Language chosen; null follows the agency.';
comment on column realm_user.time_zone is 'IANA zone chosen; null follows the agency.';
comment on column realm_user.theme is 'auto, light or dark.';
comment on column realm_user.shortcuts is 'Single-letter shortcuts on (WCAG 2.1.4).';
comment on column realm_user.state is 'disabled: no session of it lives on.';
comment on column realm_user.password_hash is 'argon2id; null until set.';
comment on column realm_user.password_changed_at is 'Sessions older than this are ended.';
comment on column realm_user.email_confirmed_at is 'When the address was proved.';
comment on column realm_user.totp_secret is 'Encrypted under the installation''s secret.';
comment on column realm_user.totp_confirmed_at is 'When the second factor became required.';
comment on column realm_user.totp_last_step is 'Last time step used: a code works once.';
comment on column realm_user.last_seen_at is 'Last request, to the minute.';
comment on column realm_user.created_at is 'When it was made.';
call protect_tenant_table('realm_user');

create table passkey (
  agency_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, credential_id),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table passkey is 'WebAuthn credentials of a user.';
comment on column passkey.agency_id is 'Tenant.';
comment on column passkey.id is 'UUIDv7.';
comment on column passkey.user_id is 'Holder.';
comment on column passkey.credential_id is 'WebAuthn credential id, base64url.';
comment on column passkey.public_key is 'COSE public key.';
comment on column passkey.counter is 'Signature counter last seen.';
comment on column passkey.transports is 'Hints of the authenticator.';
comment on column passkey.name is 'Name the holder gave it.';
comment on column passkey.created_at is 'When it was registered.';
comment on column passkey.last_used_at is 'Last sign-in with it.';
call protect_tenant_table('passkey');

create table recovery_code (
  agency_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (agency_id, user_id, code_hash),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table recovery_code is 'Single-use codes that replace a lost second factor.';
comment on column recovery_code.agency_id is 'Tenant.';
comment on column recovery_code.user_id is 'Holder.';
comment on column recovery_code.code_hash is 'Keyed hash of the code.';
comment on column recovery_code.used_at is 'When it was used; never again.';
call protect_tenant_table('recovery_code');

create table one_time_token (
  agency_id uuid not null,
  id uuid not null,
  purpose text not null check (purpose in ('invitation', 'password_reset', 'email_confirmation', 'email_change', 'host_crossing', 'webauthn', 'second_factor')),
  user_id uuid,
  realm_id uuid not null,
  token_hash bytea not null,
  payload jsonb not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, token_hash),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table one_time_token is 'Links and codes that work once: invitations, resets, confirmations, crossings between hosts, challenges.';
comment on column one_time_token.agency_id is 'Tenant.';
comment on column one_time_token.id is 'UUIDv7.';
comment on column one_time_token.purpose is 'What it is good for, and for nothing else.';
comment on column one_time_token.user_id is 'For whom; null before the user is known.';
comment on column one_time_token.realm_id is 'The realm it works in.';
comment on column one_time_token.token_hash is 'SHA-256 of the 256-bit token; the token itself is never stored.';
comment on column one_time_token.payload is 'Facts it carries (new address, challenge).';
comment on column one_time_token.created_at is 'When it was made.';
comment on column one_time_token.expires_at is 'After this it is refused (410).';
comment on column one_time_token.used_at is 'When it was used; never again.';
comment on column one_time_token.revoked_at is 'When it was withdrawn.';
call protect_tenant_table('one_time_token');
create index on one_time_token (agency_id, user_id, purpose);

create table sign_in_guard (
  agency_id uuid not null,
  realm_id uuid not null,
  login_hash bytea not null,
  failures integer not null default 0,
  locked_until timestamptz,
  day date not null,
  day_failures integer not null default 0,
  primary key (agency_id, realm_id, login_hash)
);
comment on table sign_in_guard is 'Wrong passwords per login, known or not: 5 lock it for 5 minutes (B53), 25 a day.';
comment on column sign_in_guard.agency_id is 'Tenant.';
comment on column sign_in_guard.realm_id is 'Realm signed in to.';
comment on column sign_in_guard.login_hash is 'Keyed hash of the login typed.';
comment on column sign_in_guard.failures is 'Attempts reserved in this round and not proved right.';
comment on column sign_in_guard.locked_until is 'Nobody signs in with this login before.';
comment on column sign_in_guard.day is 'UTC day that day_failures counts.';
comment on column sign_in_guard.day_failures is 'Attempts that day.';
call protect_tenant_table('sign_in_guard');

-- Members, the tree and its closure --------------------------------------------------------------
create table member (
  agency_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('owner', 'manager', 'consultant', 'client')),
  parent_id uuid,
  state text not null default 'invited' check (state in ('invited', 'active', 'disabled')),
  sees_unassigned boolean not null default true,
  job_title text,
  phone text,
  search_text text not null default '',
  invited_at timestamptz,
  invited_by uuid,
  disabled_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, user_id),
  foreign key (agency_id, user_id) references realm_user,
  foreign key (agency_id, parent_id) references member,
  check (parent_id is distinct from id)
);
comment on table member is 'A sub-account: one user of one agency (A9), with its role and place in the tree.';
comment on column member.agency_id is 'Tenant.';
comment on column member.id is 'UUIDv7.';
comment on column member.user_id is 'The one user behind it (A9).';
comment on column member.role is 'owner, manager, consultant or client.';
comment on column member.parent_id is 'Member above it; null at the agency''s root.';
comment on column member.state is 'invited until the password is set (A16); disabled keeps its assignments dormant (A19).';
comment on column member.sees_unassigned is 'Sees the clients assigned to nobody (A21, A22).';
comment on column member.job_title is 'Job, as shown.';
comment on column member.phone is 'Telephone, as typed.';
comment on column member.search_text is 'Name and address without accents or case.';
comment on column member.invited_at is 'Last invitation sent.';
comment on column member.invited_by is 'Member who invited it.';
comment on column member.disabled_at is 'Since when it is disabled.';
comment on column member.created_at is 'When it was made.';
comment on column member.version is 'Optimistic concurrency.';
call protect_tenant_table('member');
create index on member (agency_id, parent_id);
create index on member (agency_id, role);

create table member_closure (
  agency_id uuid not null,
  ancestor_id uuid not null,
  descendant_id uuid not null,
  depth integer not null,
  primary key (agency_id, ancestor_id, descendant_id),
  foreign key (agency_id, ancestor_id) references member on delete cascade,
  foreign key (agency_id, descendant_id) references member on delete cascade
);
comment on table member_closure is 'Every (ancestor, descendant) pair of the member tree, each member with itself included; kept by triggers.';
comment on column member_closure.agency_id is 'Tenant.';
comment on column member_closure.ancestor_id is 'The member above, or itself.';
comment on column member_closure.descendant_id is 'The member below, or itself.';
comment on column member_closure.depth is 'Steps between them; 0 for itself.';
call protect_tenant_table('member_closure');
create index on member_closure (agency_id, descendant_id, ancestor_id);

create function keep_member_closure() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into member_closure (agency_id, ancestor_id, descendant_id, depth) values (new.agency_id, new.id, new.id, 0);
    insert into member_closure (agency_id, ancestor_id, descendant_id, depth)
      select new.agency_id, c.ancestor_id, new.id, c.depth + 1
      from member_closure c where c.agency_id = new.agency_id and c.descendant_id = new.parent_id;
  elsif new.parent_id is distinct from old.parent_id then
    -- Moves of one agency's tree queue up behind each other: two at once could close a cycle.
    perform pg_advisory_xact_lock(hashtextextended('member-tree:' || new.agency_id, 0));
    if exists (select from member_closure c
               where c.agency_id = new.agency_id and c.ancestor_id = new.id and c.descendant_id = new.parent_id) then
      raise exception 'the member tree would have a cycle' using errcode = 'CN001';
    end if;
    delete from member_closure c using member_closure below, member_closure above
      where below.agency_id = new.agency_id and below.ancestor_id = new.id
        and above.agency_id = new.agency_id and above.descendant_id = new.id and above.ancestor_id <> new.id
        and c.agency_id = new.agency_id and c.ancestor_id = above.ancestor_id and c.descendant_id = below.descendant_id;
    insert into member_closure (agency_id, ancestor_id, descendant_id, depth)
      select new.agency_id, above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
      from member_closure above, member_closure below
      where above.agency_id = new.agency_id and above.descendant_id = new.parent_id
        and below.agency_id = new.agency_id and below.ancestor_id = new.id;
  end if;
  return null;
end $$;
comment on function keep_member_closure is 'Keeps member_closure equal to the tree; refuses a cycle with CN001.';
create trigger keep_closure after insert or update of parent_id on member
  for each row execute function keep_member_closure();

-- Sessions ---------------------------------------------------------------------------------------
create table session (
  agency_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  realm_id uuid not null,
  host text not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_seconds integer not null,
  expires_at timestamptz not null,
  ip text,
  user_agent text,
  method text not null check (method in ('password', 'passkey', 'invitation', 'reset', 'crossing', 'sign_up')),
  access_session_id uuid,
  primary key (agency_id, id),
  unique (agency_id, token_hash),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table session is 'Signed-in browsers. Read on every request; deleting the row ends it at once.';
comment on column session.agency_id is 'Tenant.';
comment on column session.id is 'UUIDv7.';
comment on column session.user_id is 'Who signed in.';
comment on column session.realm_id is 'Realm it is bound to.';
comment on column session.host is 'Host it is bound to.';
comment on column session.token_hash is 'SHA-256 of the cookie''s 256-bit token.';
comment on column session.created_at is 'Sign-in.';
comment on column session.last_seen_at is 'Last request, to the minute.';
comment on column session.idle_seconds is 'Ends after this long without a request.';
comment on column session.expires_at is 'Ends then whatever happens.';
comment on column session.ip is 'Address of the last request.';
comment on column session.user_agent is 'Browser, as it said.';
comment on column session.method is 'How it was opened.';
comment on column session.access_session_id is 'The acting session it is in now, if any.';
call protect_tenant_table('session');
create index on session (agency_id, user_id);

create table access_session (
  agency_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  parent_id uuid,
  actor_user_id uuid not null,
  actor_member_id uuid not null,
  subject_member_id uuid not null,
  mode text not null check (mode in ('acting', 'viewing')),
  read_only boolean not null,
  reason text,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, actor_user_id) references realm_user,
  foreign key (agency_id, subject_member_id) references member,
  foreign key (agency_id, parent_id) references access_session
);
comment on table access_session is 'A member acting inside, or looking through the eyes of, a member below it (C2).';
comment on column access_session.agency_id is 'Tenant.';
comment on column access_session.id is 'UUIDv7.';
comment on column access_session.session_id is 'Browser session it lives in.';
comment on column access_session.parent_id is 'The acting session it was opened from: the chain.';
comment on column access_session.actor_user_id is 'The person at the keyboard.';
comment on column access_session.actor_member_id is 'Their own member.';
comment on column access_session.subject_member_id is 'For whom they act.';
comment on column access_session.mode is 'acting, or viewing (Voir comme), which never writes.';
comment on column access_session.read_only is 'Writes refused for now.';
comment on column access_session.reason is 'Why, when given or demanded.';
comment on column access_session.started_at is 'Start.';
comment on column access_session.expires_at is 'End unless renewed: 30 minutes.';
comment on column access_session.ended_at is 'When it was left or cut.';
call protect_tenant_table('access_session', 'select, insert, update');
create index on access_session (agency_id, subject_member_id, started_at desc);
create index on access_session (agency_id, session_id);

-- Audit ------------------------------------------------------------------------------------------
create table audit_chain (
  agency_id uuid primary key,
  seq bigint not null,
  hash bytea not null
);
comment on table audit_chain is 'Head of each agency''s audit chain.';
comment on column audit_chain.agency_id is 'Tenant.';
comment on column audit_chain.seq is 'Number of the last event.';
comment on column audit_chain.hash is 'Hash of the last event.';
call protect_tenant_table('audit_chain', 'select');

create table audit_event (
  agency_id uuid not null,
  seq bigint not null,
  id uuid not null,
  occurred_at timestamptz not null,
  action text not null,
  actor_user_id uuid,
  actor_name text not null,
  subject_user_id uuid,
  subject_name text,
  chain jsonb not null default '[]',
  client_id uuid,
  member_id uuid,
  entity_kind text,
  entity_id uuid,
  entity_name text,
  data jsonb not null default '{}',
  request_id text,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (agency_id, seq)
);
comment on table audit_event is 'Who did what for whom: insert-only, each event sealed by the hash of the one before.';
comment on column audit_event.agency_id is 'Tenant.';
comment on column audit_event.seq is 'Number in the agency''s chain, from 1 without gaps.';
comment on column audit_event.id is 'UUIDv7 of the event.';
comment on column audit_event.occurred_at is 'When.';
comment on column audit_event.action is 'What, e.g. client.created; a text key audit.<action>.';
comment on column audit_event.actor_user_id is 'The person at the keyboard; null for the system.';
comment on column audit_event.actor_name is 'Their name then.';
comment on column audit_event.subject_user_id is 'In whose name, when acting; null otherwise.';
comment on column audit_event.subject_name is 'Their name then.';
comment on column audit_event.chain is 'Names of the whole acting chain.';
comment on column audit_event.client_id is 'Client concerned, for its history.';
comment on column audit_event.member_id is 'Member concerned.';
comment on column audit_event.entity_kind is 'Kind of the thing concerned.';
comment on column audit_event.entity_id is 'The thing concerned.';
comment on column audit_event.entity_name is 'Its name then.';
comment on column audit_event.data is 'Before and after, counts; never secrets.';
comment on column audit_event.request_id is 'Request that did it.';
comment on column audit_event.previous_hash is 'Hash of the event before.';
comment on column audit_event.hash is 'SHA-256 over the previous hash and this row.';
call protect_tenant_table('audit_event', 'select');
create unique index on audit_event (agency_id, id);
create index on audit_event (agency_id, client_id, seq desc) where client_id is not null;
create index on audit_event (agency_id, actor_user_id, seq desc);
create index on audit_event (agency_id, action, seq desc);
create index on audit_event (agency_id, member_id, seq desc) where member_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is insert-only', tg_table_name using errcode = 'CN002';
end $$;
comment on function refuse_change is 'Refuses update, delete and truncate of insert-only tables (CN002).';
create trigger insert_only before update or delete on audit_event for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on audit_event for each statement execute function refuse_change();

create function audit_hash(previous bytea, e audit_event) returns bytea
  language sql immutable
  return sha256(previous || convert_to(jsonb_build_array(
    e.agency_id, e.seq, e.id, extract(epoch from e.occurred_at), e.action, e.actor_user_id, e.actor_name,
    e.subject_user_id, e.subject_name, e.chain, e.client_id, e.member_id, e.entity_kind, e.entity_id,
    e.entity_name, e.data, e.request_id)::text, 'UTF8'));
comment on function audit_hash is 'Seal of one event over the hash of the one before.';

-- Called last in the transaction, so that the head is locked for as short as can be.
create function append_audit(events jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tenant uuid := current_agency_id();
  head audit_chain;
  item jsonb;
  e audit_event;
begin
  if tenant is null then raise exception 'no tenant' using errcode = 'CN003'; end if;
  insert into audit_chain (agency_id, seq, hash) values (tenant, 0, sha256(convert_to(tenant::text, 'UTF8')))
    on conflict do nothing;
  select * into head from audit_chain where agency_id = tenant for update;
  for item in select jsonb_array_elements(events) loop
    e := null;
    head.seq := head.seq + 1;
    e.agency_id := tenant;
    e.seq := head.seq;
    e.id := (item->>'id')::uuid;
    e.occurred_at := (item->>'occurredAt')::timestamptz;
    e.action := item->>'action';
    e.actor_user_id := (item->>'actorUserId')::uuid;
    e.actor_name := item->>'actorName';
    e.subject_user_id := (item->>'subjectUserId')::uuid;
    e.subject_name := item->>'subjectName';
    e.chain := coalesce(item->'chain', '[]'::jsonb);
    e.client_id := (item->>'clientId')::uuid;
    e.member_id := (item->>'memberId')::uuid;
    e.entity_kind := item->>'entityKind';
    e.entity_id := (item->>'entityId')::uuid;
    e.entity_name := item->>'entityName';
    e.data := coalesce(item->'data', '{}'::jsonb);
    e.request_id := item->>'requestId';
    e.previous_hash := head.hash;
    e.hash := audit_hash(head.hash, e);
    insert into audit_event select e.*;
    head.hash := e.hash;
  end loop;
  update audit_chain set seq = head.seq, hash = head.hash where agency_id = tenant;
end $$;
comment on function append_audit is 'Appends events of this transaction to its tenant''s chain; the only way in.';
revoke all on function append_audit from public;
grant execute on function append_audit to canopee_app;

-- Mail outbox ------------------------------------------------------------------------------------
create table mail (
  agency_id uuid not null,
  id uuid not null,
  kind text not null,
  to_email text not null,
  to_name text,
  user_id uuid,
  from_name text not null,
  reply_to text,
  locale text not null,
  subject text not null,
  html text not null,
  text text not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text,
  message_id text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (agency_id, id)
);
comment on table mail is 'Outbox: a mail is written in the transaction that caused it and sent by a job.';
comment on column mail.agency_id is 'Tenant.';
comment on column mail.id is 'UUIDv7.';
comment on column mail.kind is 'Which mail it is, e.g. sub_accounts.invitation.';
comment on column mail.to_email is 'Recipient.';
comment on column mail.to_name is 'Their name.';
comment on column mail.user_id is 'Their user, if any.';
comment on column mail.from_name is 'Sender as shown: the agency''s name.';
comment on column mail.reply_to is 'Where answers go.';
comment on column mail.locale is 'Language it is written in.';
comment on column mail.subject is 'Subject.';
comment on column mail.html is 'Body, HTML.';
comment on column mail.text is 'Body, plain text.';
comment on column mail.state is 'queued, sent or failed for good.';
comment on column mail.attempts is 'Tries so far.';
comment on column mail.last_error is 'Why the last try failed.';
comment on column mail.message_id is 'Message-ID it was sent with.';
comment on column mail.created_at is 'When it was written.';
comment on column mail.sent_at is 'When the server took it.';
call protect_tenant_table('mail');
create index on mail (agency_id, created_at desc);

-- Long work --------------------------------------------------------------------------------------
create table long_job (
  agency_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done integer not null default 0,
  total integer,
  errors jsonb not null default '[]',
  result jsonb,
  input jsonb not null default '{}',
  user_id uuid,
  member_id uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (agency_id, id)
);
comment on table long_job is 'Work that outlives a request (imports, bulk edits, exports): state and progress.';
comment on column long_job.agency_id is 'Tenant.';
comment on column long_job.id is 'UUIDv7.';
comment on column long_job.kind is 'What it does, e.g. clients.assign.';
comment on column long_job.state is 'queued, running, done, failed or cancelled.';
comment on column long_job.done is 'Items done.';
comment on column long_job.total is 'Items in all, once known.';
comment on column long_job.errors is 'What went wrong, per item.';
comment on column long_job.result is 'What came out.';
comment on column long_job.input is 'What was asked.';
comment on column long_job.user_id is 'Who asked.';
comment on column long_job.member_id is 'In whose sight it runs.';
comment on column long_job.created_at is 'When it was asked.';
comment on column long_job.finished_at is 'When it ended.';
call protect_tenant_table('long_job');
create index on long_job (agency_id, user_id, created_at desc);

create table idempotency_key (
  agency_id uuid not null,
  user_id uuid not null,
  key text not null,
  operation text not null,
  input_hash bytea not null,
  status integer,
  answer jsonb,
  created_at timestamptz not null,
  primary key (agency_id, user_id, key)
);
comment on table idempotency_key is 'Answers of writes sent with an Idempotency-Key: same key and body, same answer.';
comment on column idempotency_key.agency_id is 'Tenant.';
comment on column idempotency_key.user_id is 'Caller.';
comment on column idempotency_key.key is 'Key as sent.';
comment on column idempotency_key.operation is 'Endpoint name.';
comment on column idempotency_key.input_hash is 'SHA-256 of the input.';
comment on column idempotency_key.status is 'HTTP status answered.';
comment on column idempotency_key.answer is 'Body answered.';
comment on column idempotency_key.created_at is 'When.';
call protect_tenant_table('idempotency_key');

create table notification (
  agency_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  data jsonb not null default '{}',
  link text,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table notification is 'What a user is told inside the product.';
comment on column notification.agency_id is 'Tenant.';
comment on column notification.id is 'UUIDv7.';
comment on column notification.user_id is 'Whom it is for.';
comment on column notification.kind is 'Text key notification.<kind>.';
comment on column notification.data is 'Values of the text.';
comment on column notification.link is 'Page it leads to.';
comment on column notification.created_at is 'When.';
comment on column notification.read_at is 'When it was read.';
call protect_tenant_table('notification');
create index on notification (agency_id, user_id, id desc);
create index on notification (agency_id, user_id) where read_at is null;

-- Jobs: enqueued in the transaction that causes them, through one door.
create function enqueue_job(task text, payload json, run_at timestamptz, job_key text, queue text, max_attempts integer)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(
    identifier => task, payload => payload, queue_name => queue,
    run_at => run_at - (select clock_offset from installation),
    max_attempts => max_attempts, job_key => job_key);
end $$;
comment on function enqueue_job is 'Adds a job; run_at is in the installation''s (possibly moved) time, null for now.';
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to canopee_app;

-- Names of an acting chain, from the person at the keyboard down to the subject; null when any link has
-- ended, run out, or is no longer downward: then the session is simply its actor again.
create function access_chain_names(tenant uuid, leaf uuid) returns text[]
  language plpgsql stable as $$
declare
  current access_session;
  names text[] := '{}';
  label text;
  next_id uuid := leaf;
begin
  while next_id is not null loop
    select * into current from access_session where agency_id = tenant and id = next_id and ended_at is null;
    if not found then return null; end if;
    if not exists (
      select from member m
      join member a on a.agency_id = m.agency_id and a.id = current.actor_member_id and a.state = 'active'
      where m.agency_id = tenant and m.id = current.subject_member_id and m.state = 'active'
        and ((a.role = 'owner' and m.role <> 'owner')
          or exists (select from member_closure c where c.agency_id = tenant and c.ancestor_id = a.id
                     and c.descendant_id = m.id and c.depth > 0))) then
      return null;
    end if;
    select u.name into label from member m join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
      where m.agency_id = tenant and m.id = current.subject_member_id;
    names := label || names;
    next_id := current.parent_id;
  end loop;
  select u.name into label from realm_user u where u.agency_id = tenant and u.id = current.actor_user_id;
  return label || names;
end $$;
comment on function access_chain_names is 'Names along an acting chain, or null when it no longer holds (C2: downward only).';
grant execute on function access_chain_names to canopee_app;
