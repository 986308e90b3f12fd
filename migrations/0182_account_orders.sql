-- Each order of the list of hosted accounts carries what the list is filtered by, so that a page under a filter that
-- few pass reads the index alone on its way: status and plan move together with the size, and far apart.
drop index hosted_account_by_name;
drop index hosted_account_by_creation;
drop index hosted_account_by_end;
drop index hosted_account_by_size;
create index hosted_account_by_name on hosted_account (agency_id, name_key, id) include (status, plan_type, ends_on);
create index hosted_account_by_creation on hosted_account (agency_id, created_at, id) include (status, plan_type, ends_on);
create index hosted_account_by_end on hosted_account (agency_id, ends_on, id) include (status, plan_type);
create index hosted_account_by_size on hosted_account (agency_id, plan_size, id) include (status, plan_type, ends_on);
