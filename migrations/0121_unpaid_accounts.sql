-- The Revente page counts what is unpaid each time it is shown; invoices are noted by the purchase that paid a period.
create index subscription_unpaid on subscription (agency_id) where unpaid_since is not null;
create index subscription_period_purchase on subscription_period (agency_id, purchase_id) where purchase_id is not null;
