-- What a change of mode remembers, so that changing back restores it (C5 to C8), and what a hand-over moved.
create table former_place (
  agency_id uuid not null,
  member_id uuid not null,
  former_parent_id uuid not null,
  placed_parent_id uuid,
  kept_at timestamptz not null,
  primary key (agency_id, member_id),
  foreign key (agency_id, member_id) references member on delete cascade,
  foreign key (agency_id, former_parent_id) references member on delete cascade
);
comment on table former_place is 'Members whose place a shallower mode does not have: where they stood, until a deeper mode returns.';
comment on column former_place.agency_id is 'Tenant.';
comment on column former_place.member_id is 'Who was re-attached.';
comment on column former_place.former_parent_id is 'The member above it before.';
comment on column former_place.placed_parent_id is 'Where the change of mode put it; null for the root. Somebody who stands elsewhere by now was moved by hand, and stays.';
comment on column former_place.kept_at is 'When.';
call protect_tenant_table('former_place');
create index on former_place (agency_id, former_parent_id);

create table former_home (
  agency_id uuid not null,
  client_id uuid not null,
  former_home_id uuid not null,
  placed_home_id uuid,
  kept_at timestamptz not null,
  primary key (agency_id, client_id),
  foreign key (agency_id, client_id) references client on delete cascade,
  foreign key (agency_id, former_home_id) references member on delete cascade
);
comment on table former_home is 'Clients whose portfolio a shallower mode does not have: whose it was, until a deeper mode returns.';
comment on column former_home.agency_id is 'Tenant.';
comment on column former_home.client_id is 'Client.';
comment on column former_home.former_home_id is 'Staff member whose portfolio it was in.';
comment on column former_home.placed_home_id is 'Where the change of mode put it; null for the root.';
comment on column former_home.kept_at is 'When.';
call protect_tenant_table('former_home');
create index on former_home (agency_id, former_home_id);

create table hand_over (
  agency_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  former_parent_id uuid,
  done jsonb not null,
  by_name text not null,
  done_at timestamptz not null,
  undone_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, member_id) references member
);
comment on table hand_over is 'A member removed with its work given to others: what moved, so that it can be taken back.';
comment on column hand_over.agency_id is 'Tenant.';
comment on column hand_over.id is 'UUIDv7.';
comment on column hand_over.member_id is 'Who was removed.';
comment on column hand_over.former_parent_id is 'The member above it then.';
comment on column hand_over.done is 'Assignments taken, given and added so that sight is kept, portfolios and team moved, balances returned.';
comment on column hand_over.by_name is 'Who did it.';
comment on column hand_over.done_at is 'When.';
comment on column hand_over.undone_at is 'When it was taken back.';
call protect_tenant_table('hand_over', 'select, insert, update');
create index on hand_over (agency_id, member_id, id desc);
alter table assignment drop constraint assignment_source_check;
alter table assignment add constraint assignment_source_check
  check (source in ('manual', 'import', 'template', 'mode_switch', 'hand_over', 'sample'));
