-- Invoices: who sells, what the law wants printed, the documents themselves and the seller's register of them.

-- The seller ---------------------------------------------------------------------------------------
create table legal_seller (
  agency_id uuid not null,
  id uuid not null,
  valid_from date not null,
  name text not null,
  legal_form text,
  share_capital bigint check (share_capital >= 0),
  register_city text,
  siren text not null,
  siret text,
  vat_number text,
  vat_scheme text not null default 'normal' check (vat_scheme in ('normal', 'franchise')),
  vat_on_debits boolean not null default false,
  address_line1 text not null,
  address_line2 text,
  postal_code text not null,
  city text not null,
  country text not null default 'FR',
  contact_name text,
  phone text,
  email text not null,
  website text,
  bank_name text,
  iban text,
  bic text,
  time_zone text not null default 'Europe/Paris',
  is_example boolean not null default false,
  created_at timestamptz not null,
  created_by_name text not null,
  primary key (agency_id, id),
  foreign key (agency_id) references agency
);
comment on table legal_seller is 'Legal identity that documents are issued under, as dated versions: the last one whose day has come applies. Insert-only.';
comment on column legal_seller.agency_id is 'Tenant that sells: the operator''s.';
comment on column legal_seller.id is 'UUIDv7.';
comment on column legal_seller.valid_from is 'First day it applies; of two of the same day the later made one.';
comment on column legal_seller.name is 'Registered name.';
comment on column legal_seller.legal_form is 'SAS, SARL, EI…';
comment on column legal_seller.share_capital is 'Share capital, minor units of EUR.';
comment on column legal_seller.register_city is 'Town of the trade register (RCS).';
comment on column legal_seller.siren is 'French company number: the legal person that numbers run for.';
comment on column legal_seller.siret is 'French establishment number.';
comment on column legal_seller.vat_number is 'VAT number with country prefix.';
comment on column legal_seller.vat_scheme is 'normal, or franchise (art. 293 B CGI: no VAT charged).';
comment on column legal_seller.vat_on_debits is 'Opted to pay VAT on debits, which invoices must say.';
comment on column legal_seller.address_line1 is 'Street.';
comment on column legal_seller.address_line2 is 'Rest of the address.';
comment on column legal_seller.postal_code is 'Postal code.';
comment on column legal_seller.city is 'Town.';
comment on column legal_seller.country is 'ISO 3166 country.';
comment on column legal_seller.contact_name is 'Service or person to write to about invoices.';
comment on column legal_seller.phone is 'Telephone.';
comment on column legal_seller.email is 'Address for questions about invoices.';
comment on column legal_seller.website is 'Site, as printed.';
comment on column legal_seller.bank_name is 'Bank.';
comment on column legal_seller.iban is 'Account that transfers go to.';
comment on column legal_seller.bic is 'Its bank''s identifier.';
comment on column legal_seller.time_zone is 'IANA zone that days of issue are counted in.';
comment on column legal_seller.is_example is 'Made-up identity that a sandbox ships with; a live installation issues nothing under it.';
comment on column legal_seller.created_at is 'When it was written.';
comment on column legal_seller.created_by_name is 'Who wrote it.';
call protect_tenant_table('legal_seller', 'select, insert');
create index on legal_seller (agency_id, valid_from desc, created_at desc);
create trigger insert_only before update or delete on legal_seller for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on legal_seller for each statement execute function refuse_change();

create table legal_mention (
  agency_id uuid not null,
  id uuid not null,
  code text not null,
  valid_from date not null,
  texts jsonb not null,
  source text not null,
  created_at timestamptz not null,
  created_by_name text not null,
  primary key (agency_id, id),
  foreign key (agency_id) references agency
);
comment on table legal_mention is 'What the law wants printed on documents, as dated versions by code. Insert-only.';
comment on column legal_mention.agency_id is 'Tenant that sells: the operator''s.';
comment on column legal_mention.id is 'UUIDv7.';
comment on column legal_mention.code is 'recovery, penalty, discount, debits, or vat.<case>.';
comment on column legal_mention.valid_from is 'First day it applies; of two of the same day the later made one.';
comment on column legal_mention.texts is 'Language → sentence; French is the one that binds.';
comment on column legal_mention.source is 'Article it comes from.';
comment on column legal_mention.created_at is 'When it was written.';
comment on column legal_mention.created_by_name is 'Who wrote it.';
call protect_tenant_table('legal_mention', 'select, insert');
create index on legal_mention (agency_id, code, valid_from desc, created_at desc);
create trigger insert_only before update or delete on legal_mention for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on legal_mention for each statement execute function refuse_change();

-- Numbers ------------------------------------------------------------------------------------------
create table number_sequence (
  agency_id uuid not null,
  siren text not null,
  series text not null,
  year integer not null,
  last_number integer not null,
  last_on date not null,
  primary key (agency_id, siren, series, year)
);
comment on table number_sequence is 'Last number given by a legal seller in a series and year; moved by one in the transaction that issues, so that no number is ever missing (art. 242 nonies A, annexe II CGI).';
comment on column number_sequence.agency_id is 'Tenant that sells.';
comment on column number_sequence.siren is 'Legal person.';
comment on column number_sequence.series is 'F invoices, A credit notes, VE lines of the sales journal.';
comment on column number_sequence.year is 'Year of issue.';
comment on column number_sequence.last_number is 'Last number given.';
comment on column number_sequence.last_on is 'Day of that document: the next is never earlier.';
call protect_tenant_table('number_sequence', 'select, insert, update');

create function keep_sequence_whole() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.last_number <> 1 then
    raise exception 'a sequence begins with 1' using errcode = 'CN004';
  elsif tg_op = 'UPDATE' and (new.last_number <> old.last_number + 1 or new.last_on < old.last_on
      or (new.agency_id, new.siren, new.series, new.year) <> (old.agency_id, old.siren, old.series, old.year)) then
    raise exception 'a sequence moves by one, never back' using errcode = 'CN004';
  elsif tg_op = 'DELETE' then
    raise exception 'a sequence is kept' using errcode = 'CN004';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
comment on function keep_sequence_whole is 'Refuses any move of a sequence but the next number (CN004).';
create trigger whole before insert or update or delete on number_sequence
  for each row execute function keep_sequence_whole();

-- The seller's register -----------------------------------------------------------------------------
create table issued_document (
  agency_id uuid not null,
  siren text not null,
  series text not null,
  year integer not null,
  number integer not null,
  entry_number integer not null,
  buyer_agency_id uuid not null,
  document_id uuid not null,
  kind text not null check (kind in ('invoice', 'deposit', 'credit_note')),
  label text not null,
  issued_on date not null,
  buyer_name text not null,
  buyer_account text not null,
  currency text not null,
  net bigint not null,
  vat bigint not null,
  gross bigint not null,
  entries jsonb not null,
  search_text text not null,
  created_at timestamptz not null,
  primary key (agency_id, siren, series, year, number),
  unique (agency_id, siren, year, entry_number),
  unique (agency_id, document_id)
);
comment on table issued_document is 'A legal seller''s register of what it issued, with the accounting entries of each document: what its list and its FEC are read from, without entering the buyers'' tenants. Insert-only.';
comment on column issued_document.agency_id is 'Tenant that sells.';
comment on column issued_document.siren is 'Legal person.';
comment on column issued_document.series is 'F or A.';
comment on column issued_document.year is 'Year of issue.';
comment on column issued_document.number is 'Number in the series and year.';
comment on column issued_document.entry_number is 'Place in the sales journal of the year.';
comment on column issued_document.buyer_agency_id is 'Tenant that holds the document.';
comment on column issued_document.document_id is 'The document there.';
comment on column issued_document.kind is 'invoice, deposit or credit_note.';
comment on column issued_document.label is 'Number as printed, F-2026-000123.';
comment on column issued_document.issued_on is 'Day of issue.';
comment on column issued_document.buyer_name is 'Whom it is made out to.';
comment on column issued_document.buyer_account is 'Auxiliary account of the buyer in the journal.';
comment on column issued_document.currency is 'ISO 4217.';
comment on column issued_document.net is 'Without VAT, minor units.';
comment on column issued_document.vat is 'VAT, minor units.';
comment on column issued_document.gross is 'With VAT, minor units.';
comment on column issued_document.entries is 'Accounting entries: journal, account, label, debit or credit in minor units; they balance.';
comment on column issued_document.search_text is 'Number and buyer as searched.';
comment on column issued_document.created_at is 'When it was issued.';
call protect_tenant_table('issued_document', 'select, insert');
create index on issued_document (agency_id, created_at desc, document_id desc);
create index issued_document_search on issued_document using gin (agency_id, search_text gin_trgm_ops);
create trigger insert_only before update or delete on issued_document for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on issued_document for each statement execute function refuse_change();

-- Documents -----------------------------------------------------------------------------------------
create table invoice (
  agency_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'deposit', 'credit_note')),
  siren text not null,
  series text not null,
  year integer not null,
  sequence_number integer not null,
  number text not null,
  issued_on date not null,
  due_on date not null,
  paid_at timestamptz,
  locale text not null check (locale in ('fr', 'en', 'es', 'zh')),
  payer_kind text not null check (payer_kind in ('agency', 'client')),
  client_id uuid,
  hosted_account_id uuid,
  seller jsonb not null,
  buyer jsonb not null,
  buyer_name text not null,
  currency text not null,
  net bigint not null,
  vat bigint not null,
  gross bigint not null check (gross = net + vat),
  vat_groups jsonb not null,
  prepaid_used bigint not null default 0 check (prepaid_used >= 0),
  card_paid bigint not null default 0 check (card_paid >= 0),
  amount_due bigint not null generated always as (gross - prepaid_used - card_paid) stored check (amount_due >= 0),
  vat_case text not null,
  mentions jsonb not null,
  original_id uuid,
  reason text,
  reference_kind text,
  reference_id uuid,
  search_text text not null,
  created_at timestamptz not null,
  primary key (agency_id, id),
  unique (agency_id, siren, series, year, sequence_number),
  foreign key (agency_id) references agency,
  foreign key (agency_id, client_id) references client,
  foreign key (agency_id, original_id) references invoice,
  check ((kind = 'credit_note') = (original_id is not null)),
  check ((payer_kind = 'client') = (client_id is not null)),
  check ((reference_kind is null) = (reference_id is null))
);
comment on table invoice is 'Invoices, deposit invoices and credit notes made out to an agency or one of its clients. Final from the start: the database refuses any change.';
comment on column invoice.agency_id is 'Tenant of the buyer.';
comment on column invoice.id is 'UUIDv7.';
comment on column invoice.kind is 'invoice; deposit: for prepaid credit, deducted later; credit_note: takes back all or part of its original.';
comment on column invoice.siren is 'Legal seller.';
comment on column invoice.series is 'F or A.';
comment on column invoice.year is 'Year of issue.';
comment on column invoice.sequence_number is 'Number in the series and year, without gaps.';
comment on column invoice.number is 'Number as printed.';
comment on column invoice.issued_on is 'Day of issue in the seller''s zone.';
comment on column invoice.due_on is 'To be paid by; the day of payment when it was paid at once.';
comment on column invoice.paid_at is 'When it was paid whole; null: something is due.';
comment on column invoice.locale is 'Language it is written in.';
comment on column invoice.payer_kind is 'agency, or one of its clients (C13, C21).';
comment on column invoice.client_id is 'The client it is made out to.';
comment on column invoice.hosted_account_id is 'The hosted account it is all about, if one.';
comment on column invoice.seller is 'The seller''s identity then.';
comment on column invoice.buyer is 'The buyer''s identity then.';
comment on column invoice.buyer_name is 'The buyer''s name, for lists.';
comment on column invoice.currency is 'ISO 4217.';
comment on column invoice.net is 'Sum of the lines, minor units.';
comment on column invoice.vat is 'Sum of the groups'' VAT, minor units.';
comment on column invoice.gross is 'With VAT, minor units.';
comment on column invoice.vat_groups is 'Per category and rate: base and VAT, minor units.';
comment on column invoice.prepaid_used is 'Deducted prepaid credit, VAT included; on a credit note, given back to it.';
comment on column invoice.card_paid is 'Paid by card; on a credit note, given back to it.';
comment on column invoice.amount_due is 'Left to pay; on a credit note, left to give back.';
comment on column invoice.vat_case is 'domestic, reverse_charge, outside_eu, franchise or overseas: why VAT is what it is.';
comment on column invoice.mentions is 'Legal mentions then: code and sentences.';
comment on column invoice.original_id is 'The invoice that a credit note corrects.';
comment on column invoice.reason is 'Why a credit note was issued.';
comment on column invoice.reference_kind is 'What it is for: purchase…';
comment on column invoice.reference_id is 'Which one; invoiced once.';
comment on column invoice.search_text is 'Number, buyer and lines as searched.';
comment on column invoice.created_at is 'When it was issued.';
call protect_tenant_table('invoice', 'select, insert');
create unique index invoice_once on invoice (agency_id, reference_kind, reference_id)
  where reference_id is not null and kind <> 'credit_note';
create index invoice_newest on invoice (agency_id, issued_on desc, id desc);
create index invoice_of_client on invoice (agency_id, client_id, issued_on desc, id desc) where client_id is not null;
create index invoice_credit_notes on invoice (agency_id, original_id) where original_id is not null;
create index invoice_search on invoice using gin (agency_id, search_text gin_trgm_ops);
create trigger insert_only before update or delete on invoice for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on invoice for each statement execute function refuse_change();

create table invoice_line (
  agency_id uuid not null,
  invoice_id uuid not null,
  position integer not null,
  kind text not null,
  label text not null,
  quantity integer not null check (quantity <> 0),
  unit_price bigint not null,
  discount bigint not null,
  discount_label text,
  net bigint not null check (net = quantity * unit_price - discount),
  vat_rate_basis_points integer not null check (vat_rate_basis_points between 0 and 10000),
  vat_category text not null check (vat_category in ('S', 'AE', 'E', 'G', 'O', 'Z')),
  period_from date,
  period_to date,
  hosted_account_id uuid,
  primary key (agency_id, invoice_id, position),
  foreign key (agency_id, invoice_id) references invoice,
  check ((period_from is null) = (period_to is null) and period_to > period_from)
);
comment on table invoice_line is 'Lines of a document. Insert-only.';
comment on column invoice_line.agency_id is 'Tenant.';
comment on column invoice_line.invoice_id is 'Document.';
comment on column invoice_line.position is 'From 1.';
comment on column invoice_line.kind is 'What was sold, which names its revenue account.';
comment on column invoice_line.label is 'Text in the buyer''s language.';
comment on column invoice_line.quantity is 'Units.';
comment on column invoice_line.unit_price is 'Price of one before discount and VAT, minor units; negative takes back.';
comment on column invoice_line.discount is 'Taken off the line, minor units.';
comment on column invoice_line.discount_label is 'Why, in the buyer''s language.';
comment on column invoice_line.net is 'quantity × unit price − discount, minor units.';
comment on column invoice_line.vat_rate_basis_points is 'VAT rate, 2000 for 20 %.';
comment on column invoice_line.vat_category is 'Category of EN 16931: S, AE, E, G, O, Z.';
comment on column invoice_line.period_from is 'First day it covers.';
comment on column invoice_line.period_to is 'First day it no longer covers.';
comment on column invoice_line.hosted_account_id is 'The hosted account it is for.';
call protect_tenant_table('invoice_line', 'select, insert');
create index on invoice_line (agency_id, hosted_account_id, invoice_id) where hosted_account_id is not null;
create trigger insert_only before update or delete on invoice_line for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on invoice_line for each statement execute function refuse_change();

create table deposit_use (
  agency_id uuid not null,
  deposit_id uuid not null,
  invoice_id uuid not null,
  amount bigint not null check (amount > 0),
  primary key (agency_id, deposit_id, invoice_id),
  foreign key (agency_id, deposit_id) references invoice,
  foreign key (agency_id, invoice_id) references invoice
);
comment on table deposit_use is 'Which deposit invoices a document deducts, oldest first. Insert-only.';
comment on column deposit_use.agency_id is 'Tenant.';
comment on column deposit_use.deposit_id is 'Deposit invoice.';
comment on column deposit_use.invoice_id is 'Document that deducts it: an invoice, or a credit note that gives it back.';
comment on column deposit_use.amount is 'Minor units, VAT included.';
call protect_tenant_table('deposit_use', 'select, insert');
create index on deposit_use (agency_id, invoice_id);
create trigger insert_only before update or delete on deposit_use for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on deposit_use for each statement execute function refuse_change();

create table invoice_file (
  agency_id uuid not null,
  invoice_id uuid not null,
  kind text not null check (kind in ('pdf', 'xml')),
  bytes bytea not null,
  sha256 bytea not null,
  made_at timestamptz not null,
  primary key (agency_id, invoice_id, kind),
  foreign key (agency_id, invoice_id) references invoice
);
comment on table invoice_file is 'The files of a document, made when first asked for and then the same for good. Insert-only.';
comment on column invoice_file.agency_id is 'Tenant.';
comment on column invoice_file.invoice_id is 'Document.';
comment on column invoice_file.kind is 'pdf (with the XML inside) or xml.';
comment on column invoice_file.bytes is 'The file.';
comment on column invoice_file.sha256 is 'Its SHA-256.';
comment on column invoice_file.made_at is 'When it was made.';
call protect_tenant_table('invoice_file', 'select, insert');
create trigger insert_only before update or delete on invoice_file for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on invoice_file for each statement execute function refuse_change();

-- What an installation ships with ------------------------------------------------------------------
select set_config('app.agency_id', '00000000-0000-0000-0000-000000000000', true);
insert into legal_seller (agency_id, id, valid_from, name, legal_form, share_capital, register_city, siren, siret, vat_number,
  address_line1, postal_code, city, contact_name, phone, email, website, bank_name, iban, bic, is_example, created_at, created_by_name)
values ('00000000-0000-0000-0000-000000000000', '019a0000-0000-7000-8000-000000001400', '2020-01-01', 'Canopée SAS', 'SAS', 1000000, 'Nantes',
  '732829320', '73282932000074', 'FR44732829320', '12 rue des Érables', '44000', 'Nantes', 'Service facturation', '+33 2 40 00 00 00',
  'facturation@canopee.example', 'canopee.example', 'Banque des Bords de Loire', 'FR7630006000011234567890189', 'AGRIFRPP', true, '2020-01-01T00:00:00Z', 'Canopée');
insert into legal_mention (agency_id, id, code, valid_from, texts, source, created_at, created_by_name)
select '00000000-0000-0000-0000-000000000000', ('019a0000-0000-7000-8000-0000000014' || lpad(n::text, 2, '0'))::uuid, code, '2020-01-01', texts::jsonb, source, '2020-01-01T00:00:00Z', 'Canopée'
from (values
  (10, 'recovery', '{"fr":"Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.","en":"Fixed compensation for recovery costs if paid late: €40.","es":"Indemnización fija por gastos de cobro en caso de retraso: 40 €.","zh":"逾期付款的固定追收费用补偿：40 欧元。"}', 'art. L441-10 et D441-5 C. com.'),
  (11, 'penalty', '{"fr":"Pénalités de retard : trois fois le taux d’intérêt légal.","en":"Late payment interest: three times the French legal interest rate.","es":"Intereses de demora: tres veces el tipo de interés legal francés.","zh":"逾期罚息：法国法定利率的三倍。"}', 'art. L441-10 C. com.'),
  (12, 'discount', '{"fr":"Pas d’escompte pour paiement anticipé.","en":"No discount for early payment.","es":"Sin descuento por pago anticipado.","zh":"提前付款不享受折扣。"}', 'art. L441-9 C. com.'),
  (13, 'debits', '{"fr":"Option pour le paiement de la taxe d’après les débits.","en":"Option to pay VAT on debits.","es":"Opción por el pago del IVA según los débitos.","zh":"选择按开票时点缴纳增值税。"}', 'art. 242 nonies A, 11° bis, annexe II CGI'),
  (14, 'vat.reverse_charge', '{"fr":"Autoliquidation – article 283-2 du CGI, article 196 de la directive 2006/112/CE.","en":"Reverse charge – article 196 of Directive 2006/112/EC.","es":"Inversión del sujeto pasivo – artículo 196 de la Directiva 2006/112/CE.","zh":"反向征收——2006/112/EC 号指令第 196 条。"}', 'art. 283-2 CGI ; art. 196 directive 2006/112/CE'),
  (15, 'vat.outside_eu', '{"fr":"TVA non applicable – article 259-1 du CGI.","en":"Outside the scope of French VAT – article 259-1 of the French tax code.","es":"Operación no sujeta al IVA francés – artículo 259-1 del CGI.","zh":"不适用法国增值税——《法国税法典》第 259-1 条。"}', 'art. 259-1 CGI'),
  (16, 'vat.franchise', '{"fr":"TVA non applicable, article 293 B du CGI.","en":"VAT not applicable, article 293 B of the French tax code.","es":"IVA no aplicable, artículo 293 B del CGI.","zh":"不适用增值税，《法国税法典》第 293 B 条。"}', 'art. 293 B CGI'),
  (17, 'vat.overseas', '{"fr":"TVA non applicable – article 294-1 du CGI.","en":"VAT not applicable – article 294-1 of the French tax code.","es":"IVA no aplicable – artículo 294-1 del CGI.","zh":"不适用增值税——《法国税法典》第 294-1 条。"}', 'art. 294-1 CGI')
) as shipped (n, code, texts, source);
select set_config('app.agency_id', '', true);
