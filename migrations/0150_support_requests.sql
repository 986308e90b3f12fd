-- Conversations of an agency with the operator: activation of the hierarchical modes (C4), transfers, help (B13).
create table support_request (
  agency_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('hierarchy', 'transfer', 'trial_extension', 'help')),
  title text not null,
  state text not null default 'open' check (state in ('open', 'granted', 'refused', 'closed')),
  about jsonb not null default '{}',
  opened_by uuid,
  opened_by_name text not null,
  opened_at timestamptz not null,
  last_message_at timestamptz not null,
  last_side text not null check (last_side in ('agency', 'operator')),
  agency_unread integer not null default 0,
  operator_unread integer not null default 0,
  decided_at timestamptz,
  decided_by_name text,
  primary key (agency_id, id),
  foreign key (agency_id) references agency,
  foreign key (agency_id, opened_by) references realm_user
);
comment on table support_request is 'What an agency asks of the operator, as a conversation that ends in a decision.';
comment on column support_request.agency_id is 'Tenant.';
comment on column support_request.id is 'UUIDv7.';
comment on column support_request.kind is 'hierarchy: the modes of several levels (C4); transfer: a hosted account coming or going; trial_extension: a second one; help: anything else (B13).';
comment on column support_request.title is 'Its subject in a line.';
comment on column support_request.state is 'open until the operator grants or refuses it, or either side closes it.';
comment on column support_request.about is 'Facts its kind needs, such as the hosted account it is about.';
comment on column support_request.opened_by is 'User who asked.';
comment on column support_request.opened_by_name is 'Their name then.';
comment on column support_request.opened_at is 'When.';
comment on column support_request.last_message_at is 'Last message or decision.';
comment on column support_request.last_side is 'Whose it was: the side that is not waited for.';
comment on column support_request.agency_unread is 'Messages of the operator that no owner has opened.';
comment on column support_request.operator_unread is 'Messages of the agency that the operator has not opened.';
comment on column support_request.decided_at is 'When it was granted, refused or closed.';
comment on column support_request.decided_by_name is 'Who decided.';
call protect_tenant_table('support_request');
create index on support_request (agency_id, last_message_at desc, id desc);
-- The operator's queue, over all agencies: read through the installation's own connection only.
create index support_request_queue on support_request (last_message_at desc, id desc);
-- One activation at a time.
create unique index support_request_one_activation on support_request (agency_id, kind)
  where kind = 'hierarchy' and state = 'open';

create table support_message (
  agency_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  side text not null check (side in ('agency', 'operator')),
  author_user_id uuid,
  author_name text not null,
  via_name text,
  body text not null,
  created_at timestamptz not null,
  primary key (agency_id, id),
  foreign key (agency_id, request_id) references support_request
);
comment on table support_message is 'Messages of a request; written once, never changed.';
comment on column support_message.agency_id is 'Tenant.';
comment on column support_message.id is 'UUIDv7.';
comment on column support_message.request_id is 'Conversation.';
comment on column support_message.side is 'agency or operator.';
comment on column support_message.author_user_id is 'User who wrote it, of the realm its side says.';
comment on column support_message.author_name is 'Their name then.';
comment on column support_message.via_name is 'Who wrote it for them while acting.';
comment on column support_message.body is 'Text.';
comment on column support_message.created_at is 'When.';
call protect_tenant_table('support_message', 'select, insert');
create index on support_message (agency_id, request_id, id);
