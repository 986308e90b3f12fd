-- What is paid: the agency's legal identity, cards by the provider's tokens, purchases, attempts, provider events.

create table agency_billing_profile (
  agency_id uuid primary key,
  legal_name text,
  siren text,
  siret text,
  vat_number text,
  email text,
  address_line1 text,
  address_line2 text,
  postal_code text,
  city text,
  country text not null default 'FR',
  purchase_reference text,
  collection_day integer check (collection_day between 1 and 28),
  updated_at timestamptz not null,
  version integer not null default 1
);
comment on table agency_billing_profile is 'Legal identity the operator''s invoices to the agency are made out to, and how it wants to pay (B12, B38, B41).';
comment on column agency_billing_profile.agency_id is 'Tenant: one profile for all its accounts (B38).';
comment on column agency_billing_profile.legal_name is 'Registered name.';
comment on column agency_billing_profile.siren is 'French company number, 9 digits, key checked.';
comment on column agency_billing_profile.siret is 'French establishment number, 14 digits, key checked.';
comment on column agency_billing_profile.vat_number is 'VAT number with country prefix, key checked.';
comment on column agency_billing_profile.email is 'Address invoices and payment notices go to.';
comment on column agency_billing_profile.address_line1 is 'Street.';
comment on column agency_billing_profile.address_line2 is 'Rest of the address.';
comment on column agency_billing_profile.postal_code is 'Postal code.';
comment on column agency_billing_profile.city is 'Town.';
comment on column agency_billing_profile.country is 'ISO 3166 country; decides the VAT.';
comment on column agency_billing_profile.purchase_reference is 'What the agency wants printed on its invoices.';
comment on column agency_billing_profile.collection_day is 'Day of the month on which one charge provides for the renewals up to the next one (B40); null: each on its own day (B39).';
comment on column agency_billing_profile.updated_at is 'Last change.';
comment on column agency_billing_profile.version is 'Optimistic concurrency.';
call protect_tenant_table('agency_billing_profile');

create table payment_customer (
  agency_id uuid not null,
  payer_id uuid not null,
  provider text not null,
  customer_ref text not null,
  created_at timestamptz not null,
  primary key (agency_id, payer_id, provider)
);
comment on table payment_customer is 'Under which name the payment provider knows a payer.';
comment on column payment_customer.agency_id is 'Tenant.';
comment on column payment_customer.payer_id is 'The agency itself or one of its clients.';
comment on column payment_customer.provider is 'sandbox or stripe.';
comment on column payment_customer.customer_ref is 'The provider''s id of the customer.';
comment on column payment_customer.created_at is 'When it was made.';
call protect_tenant_table('payment_customer');

create table payment_method (
  agency_id uuid not null,
  id uuid not null,
  payer_id uuid not null,
  client_id uuid,
  provider text not null,
  customer_ref text not null,
  token text not null,
  brand text not null,
  last4 text not null check (last4 ~ '^[0-9]{4}$'),
  exp_month integer not null check (exp_month between 1 and 12),
  exp_year integer not null check (exp_year between 2000 and 2999),
  state text not null default 'active' check (state in ('active', 'replaced', 'removed')),
  added_by text,
  created_at timestamptz not null,
  ended_at timestamptz,
  expiry_notices integer not null default 0,
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references client on delete cascade
);
comment on table payment_method is 'Cards, by the provider''s token: no number is ever kept.';
comment on column payment_method.agency_id is 'Tenant.';
comment on column payment_method.id is 'UUIDv7.';
comment on column payment_method.payer_id is 'Whose card: the agency itself or one of its clients.';
comment on column payment_method.client_id is 'The client whose own card it is; null for the agency''s.';
comment on column payment_method.provider is 'Provider that holds the card.';
comment on column payment_method.customer_ref is 'The provider''s id of the customer it is attached to.';
comment on column payment_method.token is 'The provider''s id of the card.';
comment on column payment_method.brand is 'visa, mastercard…, as the provider names it.';
comment on column payment_method.last4 is 'Last four digits, for people to recognise it.';
comment on column payment_method.exp_month is 'Month it expires at the end of.';
comment on column payment_method.exp_year is 'Year it expires in.';
comment on column payment_method.state is 'active: charged from now on; replaced or removed: kept for the history.';
comment on column payment_method.added_by is 'Name of who added it.';
comment on column payment_method.created_at is 'When it was added.';
comment on column payment_method.ended_at is 'When it was replaced or removed.';
comment on column payment_method.expiry_notices is 'How many notices of its expiry were sent.';
create unique index payment_method_active on payment_method (agency_id, payer_id) where state = 'active';
call protect_tenant_table('payment_method');

create table card_setup (
  agency_id uuid not null,
  id uuid not null,
  payer_id uuid not null,
  client_id uuid,
  provider text not null,
  provider_ref text,
  state text not null check (state in ('open', 'requires_action', 'done', 'failed')),
  action_url text,
  failure_code text,
  payment_method_id uuid,
  return_path text not null,
  created_by text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references client on delete cascade,
  foreign key (agency_id, payment_method_id) references payment_method
);
comment on table card_setup is 'A card being added: the holder may have to confirm it with the bank (3-D Secure).';
comment on column card_setup.agency_id is 'Tenant.';
comment on column card_setup.id is 'UUIDv7; the idempotency key at the provider.';
comment on column card_setup.payer_id is 'Whose card it will be: the agency itself or one of its clients.';
comment on column card_setup.client_id is 'The client, for a card of its own.';
comment on column card_setup.provider is 'Provider that takes the card.';
comment on column card_setup.provider_ref is 'The provider''s id of the setup.';
comment on column card_setup.state is 'open: the card is not typed yet; requires_action: the bank asks; done; failed.';
comment on column card_setup.action_url is 'Where the holder goes on: the provider''s form or the bank''s page.';
comment on column card_setup.failure_code is 'Why it failed.';
comment on column card_setup.payment_method_id is 'The card it became.';
comment on column card_setup.return_path is 'Page of ours to come back to.';
comment on column card_setup.created_by is 'Name of who began it.';
comment on column card_setup.created_at is 'When it began.';
comment on column card_setup.finished_at is 'When it was done or failed.';
call protect_tenant_table('card_setup');

create table purchase (
  agency_id uuid not null,
  id uuid not null,
  operation_key text not null,
  input_hash bytea not null,
  kind text not null,
  payer_id uuid not null,
  client_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  net bigint not null check (net >= 0),
  vat bigint not null check (vat >= 0),
  gross bigint not null check (gross = net + vat),
  vat_category text not null check (vat_category in ('S', 'AE', 'E', 'G', 'O', 'Z')),
  use_of text not null check (use_of in ('prepaid_then_card', 'card')),
  prepaid_of uuid,
  attended boolean not null,
  subject jsonb not null,
  state text not null check (state in ('pending', 'requires_action', 'failed', 'paid', 'cancelled')),
  failure_code text,
  action_url text,
  prepaid_paid bigint not null default 0 check (prepaid_paid >= 0),
  card_paid bigint not null default 0 check (card_paid >= 0),
  invoice_id uuid,
  invoice_number text,
  attempts integer not null default 0,
  created_by_user_id uuid,
  created_by_name text,
  created_at timestamptz not null,
  paid_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, operation_key),
  check (state <> 'paid' or prepaid_paid + card_paid = gross)
);
comment on table purchase is 'Something to pay, paid once and then fulfilled once by its kind.';
comment on column purchase.agency_id is 'Tenant.';
comment on column purchase.id is 'UUIDv7.';
comment on column purchase.operation_key is 'Names the purchase for good: the same key never buys twice.';
comment on column purchase.input_hash is 'SHA-256 of what was asked under that key: another input is refused.';
comment on column purchase.kind is 'What its payment does, e.g. subscription.renew.';
comment on column purchase.payer_id is 'Who pays: the agency itself or one of its clients.';
comment on column purchase.client_id is 'The client, when it pays.';
comment on column purchase.currency is 'ISO 4217 currency of every amount.';
comment on column purchase.net is 'Sum of the lines before VAT, minor units.';
comment on column purchase.vat is 'VAT per rate on the summed base, minor units.';
comment on column purchase.gross is 'What is paid, minor units.';
comment on column purchase.vat_category is 'EN 16931 category of the payer: S, AE (reverse charge), O (outside the scope)…';
comment on column purchase.use_of is 'Prepaid credit first and then the card (B68), or the card alone.';
comment on column purchase.prepaid_of is 'Hosted account whose own prepaid credit is used before the agency''s (B69).';
comment on column purchase.attended is 'Somebody waits at the screen and can answer their bank.';
comment on column purchase.subject is 'What the fulfilment needs to know.';
comment on column purchase.state is 'pending: being collected; requires_action: the bank asks the holder; failed: may be tried again; paid; cancelled.';
comment on column purchase.failure_code is 'Why the last attempt failed.';
comment on column purchase.action_url is 'Where the holder answers the bank.';
comment on column purchase.prepaid_paid is 'Part paid by prepaid credit, minor units.';
comment on column purchase.card_paid is 'Part paid by card, minor units.';
comment on column purchase.invoice_id is 'Invoice of the payment.';
comment on column purchase.invoice_number is 'Its number.';
comment on column purchase.attempts is 'How many times collection was begun.';
comment on column purchase.created_by_user_id is 'Who bought; null for the system.';
comment on column purchase.created_by_name is 'Name at that time.';
comment on column purchase.created_at is 'When it was opened.';
comment on column purchase.paid_at is 'When it was paid.';
call protect_tenant_table('purchase', 'select, insert, update');
create index on purchase (agency_id, state, id) where state <> 'paid';
create index on purchase (agency_id, client_id, id) where client_id is not null;

create table purchase_line (
  agency_id uuid not null,
  purchase_id uuid not null,
  number integer not null,
  kind text not null,
  label text not null,
  quantity integer not null,
  unit_price bigint not null,
  discount bigint not null,
  net bigint not null,
  vat_rate integer not null check (vat_rate >= 0),
  period_from date,
  period_to date,
  hosted_account_id uuid,
  primary key (agency_id, purchase_id, number),
  foreign key (agency_id, purchase_id) references purchase,
  check (net = quantity * unit_price - discount)
);
comment on table purchase_line is 'What a purchase is made of, as its invoice will say it.';
comment on column purchase_line.agency_id is 'Tenant.';
comment on column purchase_line.purchase_id is 'Purchase.';
comment on column purchase_line.number is '1 and up, in the invoice''s order.';
comment on column purchase_line.kind is 'Kind of the line, e.g. plan, proration, prepaid, sms.';
comment on column purchase_line.label is 'What it is, in the payer''s language.';
comment on column purchase_line.quantity is 'How many.';
comment on column purchase_line.unit_price is 'Price of one before discount, minor units; negative for a credit.';
comment on column purchase_line.discount is 'Taken off the line, minor units.';
comment on column purchase_line.net is 'quantity × unit price − discount.';
comment on column purchase_line.vat_rate is 'VAT rate in hundredths of a percent.';
comment on column purchase_line.period_from is 'First day of what it pays for.';
comment on column purchase_line.period_to is 'Day after the last.';
comment on column purchase_line.hosted_account_id is 'Hosted account it is for.';
call protect_tenant_table('purchase_line', 'select, insert');

create table payment_attempt (
  agency_id uuid not null,
  id uuid not null,
  purchase_id uuid not null,
  number integer not null,
  payment_method_id uuid,
  provider text not null,
  prepaid_holds jsonb not null default '[]',
  prepaid_amount bigint not null check (prepaid_amount >= 0),
  card_amount bigint not null check (card_amount >= 0),
  currency text not null,
  state text not null check (state in ('started', 'requires_action', 'paid', 'failed')),
  provider_ref text,
  failure_code text,
  hard boolean not null default false,
  check_ref text,
  check_state text check (check_state in ('voided', 'declined', 'no_card')),
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, purchase_id, number),
  foreign key (agency_id, purchase_id) references purchase,
  foreign key (agency_id, payment_method_id) references payment_method
);
comment on table payment_attempt is 'One try at collecting a purchase; its id is the idempotency key at the provider.';
comment on column payment_attempt.agency_id is 'Tenant.';
comment on column payment_attempt.id is 'UUIDv7.';
comment on column payment_attempt.purchase_id is 'Purchase.';
comment on column payment_attempt.number is '1 and up.';
comment on column payment_attempt.payment_method_id is 'Card; null when there was none.';
comment on column payment_attempt.provider is 'Provider asked.';
comment on column payment_attempt.prepaid_holds is 'Holds on prepaid wallets: [{holdId, amount}].';
comment on column payment_attempt.prepaid_amount is 'Sum of the holds, minor units.';
comment on column payment_attempt.card_amount is 'Asked of the card, minor units.';
comment on column payment_attempt.currency is 'ISO 4217.';
comment on column payment_attempt.state is 'started: the provider may or may not have been asked; requires_action; paid; failed.';
comment on column payment_attempt.provider_ref is 'The provider''s id of the payment.';
comment on column payment_attempt.failure_code is 'Why it failed.';
comment on column payment_attempt.hard is 'The bank will never accept this card: no further try with it.';
comment on column payment_attempt.check_ref is 'The provider''s id of the 1-unit authorisation beside prepaid credit (B71).';
comment on column payment_attempt.check_state is 'voided: placed and voided, as always; declined; no_card.';
comment on column payment_attempt.started_at is 'When it was begun.';
comment on column payment_attempt.finished_at is 'When its outcome was recorded.';
call protect_tenant_table('payment_attempt', 'select, insert, update');
create unique index payment_attempt_open on payment_attempt (agency_id, purchase_id) where state in ('started', 'requires_action');
create index on payment_attempt (agency_id, provider_ref) where provider_ref is not null;

create table purchase_refund (
  agency_id uuid not null,
  id uuid not null,
  purchase_id uuid not null,
  operation_key text not null,
  net bigint not null check (net > 0),
  vat bigint not null check (vat >= 0),
  card_amount bigint not null check (card_amount >= 0),
  prepaid_amount bigint not null check (prepaid_amount >= 0),
  reason text not null,
  state text not null check (state in ('pending', 'done', 'failed')),
  provider_ref text,
  failure_code text,
  credit_note_id uuid,
  credit_note_number text,
  created_by_name text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, operation_key),
  foreign key (agency_id, purchase_id) references purchase,
  check (net + vat = card_amount + prepaid_amount)
);
comment on table purchase_refund is 'Money given back on a paid purchase, with its credit note.';
comment on column purchase_refund.agency_id is 'Tenant.';
comment on column purchase_refund.id is 'UUIDv7; the idempotency key at the provider.';
comment on column purchase_refund.purchase_id is 'Purchase.';
comment on column purchase_refund.operation_key is 'The same key never refunds twice.';
comment on column purchase_refund.net is 'Before VAT, minor units.';
comment on column purchase_refund.vat is 'VAT, minor units.';
comment on column purchase_refund.card_amount is 'Back to the card, minor units.';
comment on column purchase_refund.prepaid_amount is 'Back to prepaid credit, minor units.';
comment on column purchase_refund.reason is 'Why, as the credit note says it.';
comment on column purchase_refund.state is 'pending: the provider is being asked; done; failed.';
comment on column purchase_refund.provider_ref is 'The provider''s id of the refund.';
comment on column purchase_refund.failure_code is 'Why it failed.';
comment on column purchase_refund.credit_note_id is 'Credit note.';
comment on column purchase_refund.credit_note_number is 'Its number.';
comment on column purchase_refund.created_by_name is 'Who gave it back.';
comment on column purchase_refund.created_at is 'When it was asked.';
comment on column purchase_refund.finished_at is 'When it was done or failed.';
call protect_tenant_table('purchase_refund', 'select, insert, update');

create table provider_event (
  agency_id uuid not null,
  provider text not null,
  event_id text not null,
  type text not null,
  object_ref text not null,
  received_at timestamptz not null,
  primary key (agency_id, provider, event_id)
);
comment on table provider_event is 'What the payment provider told us, each once; signatures are checked before.';
comment on column provider_event.agency_id is 'Tenant, from the metadata we gave the provider.';
comment on column provider_event.provider is 'stripe.';
comment on column provider_event.event_id is 'The provider''s id of the event.';
comment on column provider_event.type is 'What happened, in the provider''s words.';
comment on column provider_event.object_ref is 'The provider''s id of what it is about.';
comment on column provider_event.received_at is 'When it came.';
call protect_tenant_table('provider_event', 'select, insert');

create table sandbox_payment (
  agency_id uuid not null,
  id uuid not null,
  idempotency_key text not null,
  kind text not null check (kind in ('charge', 'authorisation', 'refund', 'setup')),
  card text not null,
  amount bigint not null check (amount >= 0),
  currency text not null,
  state text not null check (state in ('requires_action', 'paid', 'failed', 'voided', 'done')),
  failure_code text,
  of_id uuid,
  description text,
  card_details jsonb,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (agency_id, id),
  unique (agency_id, idempotency_key)
);
comment on table sandbox_payment is 'The books of the make-believe payment provider of a sandbox.';
comment on column sandbox_payment.agency_id is 'Tenant.';
comment on column sandbox_payment.id is 'UUIDv7; what a real provider would call a payment intent.';
comment on column sandbox_payment.idempotency_key is 'The same key asks for the same thing once.';
comment on column sandbox_payment.kind is 'charge, authorisation (voided at once, B71), refund, or setup of a card.';
comment on column sandbox_payment.card is 'Token of a test card.';
comment on column sandbox_payment.amount is 'Minor units.';
comment on column sandbox_payment.currency is 'ISO 4217.';
comment on column sandbox_payment.state is 'requires_action: its 3-D Secure page waits; paid, failed, voided; done for a setup or refund.';
comment on column sandbox_payment.failure_code is 'Why it failed.';
comment on column sandbox_payment.of_id is 'The charge that a refund gives back.';
comment on column sandbox_payment.description is 'What the holder reads.';
comment on column sandbox_payment.card_details is 'Brand, last four digits and expiry of a card being added.';
comment on column sandbox_payment.created_at is 'When it was asked for.';
comment on column sandbox_payment.changed_at is 'Last change.';
call protect_tenant_table('sandbox_payment', 'select, insert, update');
