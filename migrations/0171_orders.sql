-- Carts and orders placed in a client's name (C1, C18, C19), what was delivered, and what was said about it.
create table cart_line (
  agency_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  client_id uuid not null,
  item_id uuid not null,
  quantity integer not null check (quantity between 1 and 1000),
  project_id uuid,
  target_url text,
  anchor_text text,
  instructions text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (agency_id, id),
  foreign key (agency_id, member_id) references member on delete cascade,
  foreign key (agency_id, client_id) references client on delete cascade,
  foreign key (agency_id, client_id, project_id) references project (agency_id, client_id, id)
);
comment on table cart_line is 'What a member is about to order for a client: one cart per member and client.';
comment on column cart_line.agency_id is 'Tenant.';
comment on column cart_line.id is 'UUIDv7.';
comment on column cart_line.member_id is 'Whose cart.';
comment on column cart_line.client_id is 'For which client.';
comment on column cart_line.item_id is 'Catalogue item; its price is read when the cart is shown, and again when the order is placed.';
comment on column cart_line.quantity is 'How many.';
comment on column cart_line.project_id is 'Project it is for.';
comment on column cart_line.target_url is 'Page a link should lead to.';
comment on column cart_line.anchor_text is 'Words the link should carry.';
comment on column cart_line.instructions is 'Wishes for whoever makes it.';
comment on column cart_line.created_at is 'When it was put in.';
comment on column cart_line.updated_at is 'Last change.';
call protect_tenant_table('cart_line');
create index on cart_line (agency_id, member_id, client_id, id);
create index on cart_line (agency_id, client_id);

create table order_counter (
  agency_id uuid primary key,
  last_number bigint not null
);
comment on table order_counter is 'Number of each agency''s last order.';
comment on column order_counter.agency_id is 'Tenant.';
comment on column order_counter.last_number is 'Last number given; numbers count up and are never used twice.';
call protect_tenant_table('order_counter');

create table order_setting (
  agency_id uuid primary key,
  approval_days integer not null check (approval_days between 1 and 90),
  updated_at timestamptz not null,
  version integer not null default 1
);
comment on table order_setting is 'How an agency runs its orders; the product''s defaults where it has no row.';
comment on column order_setting.agency_id is 'Tenant.';
comment on column order_setting.approval_days is 'A delivery nobody answers is approved by itself after so many days.';
comment on column order_setting.updated_at is 'Last change.';
comment on column order_setting.version is 'Optimistic concurrency.';
call protect_tenant_table('order_setting');

create table client_order (
  agency_id uuid not null,
  id uuid not null,
  number bigint not null,
  client_id uuid not null,
  project_id uuid,
  campaign_id uuid,
  state text not null check (state in ('placed', 'accepted', 'in_progress', 'delivered', 'approved', 'refused', 'refunded')),
  currency text not null,
  total bigint not null check (total >= 0),
  held bigint not null check (held >= 0),
  captured bigint not null default 0 check (captured >= 0),
  captured_cost bigint not null default 0 check (captured_cost >= 0),
  refunded bigint not null default 0 check (refunded >= 0),
  hold_id uuid,
  client_name text not null,
  responsible_id uuid,
  path_ids uuid[] not null,
  path jsonb not null,
  manager_id uuid,
  manager_name text,
  consultant_id uuid,
  consultant_name text,
  placed_by_user_id uuid,
  placed_by_name text not null,
  placed_for_member_id uuid,
  placed_for_name text,
  placed_chain jsonb not null default '[]',
  note text,
  placed_at timestamptz not null,
  placed_on date not null,
  accepted_at timestamptz,
  due_on date,
  delivered_at timestamptz,
  approves_at timestamptz,
  closed_at timestamptz,
  close_reason text,
  agency_unread integer not null default 0,
  operator_unread integer not null default 0,
  search_text text not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  unique (agency_id, number),
  foreign key (agency_id, client_id) references client,
  foreign key (agency_id, client_id, project_id) references project (agency_id, client_id, id),
  foreign key (agency_id, client_id, campaign_id) references campaign (agency_id, client_id, id),
  check (held + captured + refunded <= total)
);
comment on table client_order is 'An order of catalogue items in a client''s name (C1), with who stood above the client when it was placed.';
comment on column client_order.agency_id is 'Tenant.';
comment on column client_order.id is 'UUIDv7.';
comment on column client_order.number is 'Number within the agency, from 1.';
comment on column client_order.client_id is 'Client whose money pays.';
comment on column client_order.project_id is 'Project it is for.';
comment on column client_order.campaign_id is 'Campaign that groups it.';
comment on column client_order.state is 'Where it is in the state machine of features/orders/order-states.ts.';
comment on column client_order.currency is 'ISO 4217 currency of every amount of it.';
comment on column client_order.total is 'Sum of its lines when placed, minor units.';
comment on column client_order.held is 'Still held on the client''s budget.';
comment on column client_order.captured is 'Paid for what was delivered, refunds taken off.';
comment on column client_order.captured_cost is 'The operator''s part of what was paid; the rest is the agency''s margin.';
comment on column client_order.refunded is 'Paid, then returned to the client.';
comment on column client_order.hold_id is 'The hold on the client''s budget; null when it costs nothing.';
comment on column client_order.client_name is 'Client''s name when placed.';
comment on column client_order.responsible_id is 'Member in charge of the client when placed.';
comment on column client_order.path_ids is 'Members above the client when placed, from the top down, the one in charge last: history never shifts.';
comment on column client_order.path is 'The same with role and name then.';
comment on column client_order.manager_id is 'Nearest manager in the path.';
comment on column client_order.manager_name is 'Name then.';
comment on column client_order.consultant_id is 'Consultant in the path.';
comment on column client_order.consultant_name is 'Name then.';
comment on column client_order.placed_by_user_id is 'The person at the keyboard.';
comment on column client_order.placed_by_name is 'Their name then.';
comment on column client_order.placed_for_member_id is 'Member in whose name the call ran.';
comment on column client_order.placed_for_name is 'Their name then, when somebody acted for them; null otherwise.';
comment on column client_order.placed_chain is 'Names along the acting chain, when there was one.';
comment on column client_order.note is 'What the buyer wants said about the whole order.';
comment on column client_order.placed_at is 'When it was placed.';
comment on column client_order.placed_on is 'That day in the agency''s zone.';
comment on column client_order.accepted_at is 'When the operator accepted it.';
comment on column client_order.due_on is 'Day it should be delivered by, from the longest delay of its lines.';
comment on column client_order.delivered_at is 'When the last of it was delivered.';
comment on column client_order.approves_at is 'When it approves itself unless somebody answers before.';
comment on column client_order.closed_at is 'When it was approved, refused or refunded.';
comment on column client_order.close_reason is 'Why it was refused, cancelled or refunded.';
comment on column client_order.agency_unread is 'Messages of the operator that nobody of the agency has opened.';
comment on column client_order.operator_unread is 'Messages of the agency that nobody of the operator has opened.';
comment on column client_order.search_text is 'What the search reads: number, client, project, items.';
comment on column client_order.updated_at is 'Last change.';
comment on column client_order.version is 'Optimistic concurrency.';
call protect_tenant_table('client_order');
create index client_order_by_time on client_order (agency_id, placed_at desc, id desc);
create index client_order_of_client on client_order (agency_id, client_id, placed_at desc, id desc);
create index client_order_by_state on client_order (agency_id, state, placed_at desc, id desc);
create index client_order_of_campaign on client_order (agency_id, campaign_id) where campaign_id is not null;
create index client_order_of_project on client_order (agency_id, project_id) where project_id is not null;
create index client_order_by_month on client_order (agency_id, placed_on, client_id);
create index client_order_path on client_order using gin (agency_id, path_ids);
-- The operator's queue, across tenants: only what is not settled.
create index client_order_queue on client_order (placed_at, id) where state in ('placed', 'accepted', 'in_progress');

create table order_line (
  agency_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  position integer not null,
  item_id uuid not null,
  item_version integer not null,
  kind text not null,
  title text not null,
  site text,
  supplier text,
  delay_days integer not null default 0,
  project_id uuid,
  target_url text,
  anchor_text text,
  instructions text,
  quantity integer not null check (quantity > 0),
  unit_price bigint not null check (unit_price >= 0),
  unit_cost bigint not null check (unit_cost between 0 and unit_price),
  delivered integer not null default 0 check (delivered >= 0),
  refused integer not null default 0 check (refused >= 0),
  refunded integer not null default 0 check (refunded >= 0),
  primary key (agency_id, id),
  foreign key (agency_id, order_id) references client_order,
  check (delivered + refused + refunded <= quantity)
);
comment on table order_line is 'One item of an order, at the version and price it had then; units still to come are quantity − delivered − refused − refunded.';
comment on column order_line.agency_id is 'Tenant.';
comment on column order_line.id is 'UUIDv7.';
comment on column order_line.order_id is 'Order.';
comment on column order_line.position is 'Place in the order, from 1.';
comment on column order_line.item_id is 'Catalogue item.';
comment on column order_line.item_version is 'Version of the item and its price then.';
comment on column order_line.kind is 'Kind of item then (link, ad, content).';
comment on column order_line.title is 'Name of the item then.';
comment on column order_line.site is 'Site it appears on, then.';
comment on column order_line.supplier is 'Who supplies it, then; for the operator only.';
comment on column order_line.delay_days is 'Days promised, then.';
comment on column order_line.project_id is 'Project it is for.';
comment on column order_line.target_url is 'Page a link should lead to.';
comment on column order_line.anchor_text is 'Words the link should carry.';
comment on column order_line.instructions is 'Wishes for whoever makes it.';
comment on column order_line.quantity is 'Units ordered.';
comment on column order_line.unit_price is 'What the client pays a unit, minor units.';
comment on column order_line.unit_cost is 'What the operator gets of it; the rest is the agency''s margin.';
comment on column order_line.delivered is 'Units delivered and paid.';
comment on column order_line.refused is 'Units that will not come: their money was released.';
comment on column order_line.refunded is 'Units delivered, paid, and paid back.';
call protect_tenant_table('order_line');
create index on order_line (agency_id, order_id, position);

create table order_file (
  agency_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  name text not null,
  content_type text not null,
  size integer not null,
  sha256 bytea not null,
  bytes bytea not null,
  side text not null check (side in ('agency', 'client', 'operator')),
  for_client boolean not null,
  author_user_id uuid,
  author_name text not null,
  message_id uuid,
  created_at timestamptz not null,
  primary key (agency_id, id),
  foreign key (agency_id, order_id) references client_order
);
comment on table order_file is 'A file joined to an order: brief, picture, text delivered.';
comment on column order_file.agency_id is 'Tenant.';
comment on column order_file.id is 'UUIDv7.';
comment on column order_file.order_id is 'Order.';
comment on column order_file.name is 'Name as given, without any path.';
comment on column order_file.content_type is 'Type its bytes say, whatever the sender said.';
comment on column order_file.size is 'Bytes.';
comment on column order_file.sha256 is 'SHA-256 of the content.';
comment on column order_file.bytes is 'The content; sent as an attachment only.';
comment on column order_file.side is 'Who brought it: agency, client or operator.';
comment on column order_file.for_client is 'The client''s own people see it.';
comment on column order_file.author_user_id is 'Who brought it.';
comment on column order_file.author_name is 'Their name then.';
comment on column order_file.message_id is 'Message it came with; null until one is written.';
comment on column order_file.created_at is 'When.';
call protect_tenant_table('order_file');
create index on order_file (agency_id, order_id, id);

create table order_message (
  agency_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  side text not null check (side in ('agency', 'client', 'operator')),
  for_client boolean not null,
  author_user_id uuid,
  author_name text not null,
  via_name text,
  body text not null,
  created_at timestamptz not null,
  primary key (agency_id, id),
  foreign key (agency_id, order_id) references client_order
);
comment on table order_message is 'What agency, client and operator say to each other about an order.';
comment on column order_message.agency_id is 'Tenant.';
comment on column order_message.id is 'UUIDv7.';
comment on column order_message.order_id is 'Order.';
comment on column order_message.side is 'Who speaks: agency, client or operator.';
comment on column order_message.for_client is 'The client''s own people see it.';
comment on column order_message.author_user_id is 'In whose name it was written.';
comment on column order_message.author_name is 'Their name then.';
comment on column order_message.via_name is 'Who wrote it for them while acting.';
comment on column order_message.body is 'Text.';
comment on column order_message.created_at is 'When.';
call protect_tenant_table('order_message', 'select, insert');
create index on order_message (agency_id, order_id, id);

create table order_delivery (
  agency_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  quantity integer not null check (quantity > 0),
  proof_url text,
  file_id uuid,
  delivered_on date not null,
  note text,
  state text not null default 'given' check (state in ('given', 'contested', 'refunded')),
  contest_reason text,
  check_state text not null default 'none' check (check_state in ('none', 'pending', 'found', 'link_missing', 'not_found', 'unreachable', 'refused')),
  check_status integer,
  check_title text,
  check_link boolean,
  check_rel text,
  checked_at timestamptz,
  delivered_by_name text not null,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (agency_id, id),
  foreign key (agency_id, order_id) references client_order,
  foreign key (agency_id, line_id) references order_line,
  foreign key (agency_id, file_id) references order_file,
  check (proof_url is not null or file_id is not null)
);
comment on table order_delivery is 'Units of a line delivered at once, with their proof and what a visit to it found.';
comment on column order_delivery.agency_id is 'Tenant.';
comment on column order_delivery.id is 'UUIDv7.';
comment on column order_delivery.order_id is 'Order.';
comment on column order_delivery.line_id is 'Line.';
comment on column order_delivery.quantity is 'Units delivered.';
comment on column order_delivery.proof_url is 'Page where it can be seen; null when a file is the proof.';
comment on column order_delivery.file_id is 'File that is the proof, for content.';
comment on column order_delivery.delivered_on is 'Day it went live.';
comment on column order_delivery.note is 'Word of whoever delivered.';
comment on column order_delivery.state is 'given; contested: a correction is asked for; refunded: its money went back.';
comment on column order_delivery.contest_reason is 'What should be corrected.';
comment on column order_delivery.check_state is 'none (a file), pending, found, link_missing, not_found (an error answer), unreachable, or refused (an address that is not of the public internet).';
comment on column order_delivery.check_status is 'HTTP status the page answered.';
comment on column order_delivery.check_title is 'Title of the page.';
comment on column order_delivery.check_link is 'The page links to the line''s target; null when it has none.';
comment on column order_delivery.check_rel is 'rel of that link (nofollow, sponsored…).';
comment on column order_delivery.checked_at is 'Last visit.';
comment on column order_delivery.delivered_by_name is 'Who delivered it.';
comment on column order_delivery.created_at is 'When it was handed in.';
comment on column order_delivery.version is 'Counts up with each new proof: a visit to an older one is thrown away.';
call protect_tenant_table('order_delivery');
create index on order_delivery (agency_id, order_id, id);

create table order_event (
  agency_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null,
  side text not null check (side in ('agency', 'client', 'operator', 'system')),
  actor_name text not null,
  subject_name text,
  from_state text,
  to_state text,
  data jsonb not null default '{}',
  occurred_at timestamptz not null,
  primary key (agency_id, id),
  foreign key (agency_id, order_id) references client_order
);
comment on table order_event is 'What happened to an order, in its own timeline: insert-only.';
comment on column order_event.agency_id is 'Tenant.';
comment on column order_event.id is 'UUIDv7.';
comment on column order_event.order_id is 'Order.';
comment on column order_event.kind is 'Event of the state machine, with a text orders.event.<kind>.';
comment on column order_event.side is 'Who did it: agency, client, operator or the system itself.';
comment on column order_event.actor_name is 'The person at the keyboard.';
comment on column order_event.subject_name is 'In whose name, while acting.';
comment on column order_event.from_state is 'State before.';
comment on column order_event.to_state is 'State after.';
comment on column order_event.data is 'Lines, quantities, amounts, reason.';
comment on column order_event.occurred_at is 'When.';
call protect_tenant_table('order_event', 'select, insert');
create index on order_event (agency_id, order_id, id);
