-- One refund of a purchase at a time, and the purchase of an invoice found at once.

create unique index purchase_refund_pending on purchase_refund (agency_id, purchase_id) where state = 'pending';
create index on purchase (agency_id, invoice_id) where invoice_id is not null;
