-- The figures above the list of hosted accounts are counted each time, out of one index: what they add up joins the
-- terms that the list keeps already. A counter would be one row that every renewal of an agency waits for.
alter table hosted_account
  add column billed boolean not null default false,
  add column ending boolean not null default false,
  add column monthly_list bigint not null default 0,
  add column next_list bigint not null default 0;
comment on column hosted_account.billed is 'The agency is billed for it: neither on trial nor billed by the operator itself; kept by a trigger on subscription.';
comment on column hosted_account.ending is 'Its subscription is not renewed; kept by a trigger on subscription.';
comment on column hosted_account.monthly_list is 'List price of a month, minor units: of a year the twelfth, rounded down; 0 when not billed; kept by a trigger on subscription.';
comment on column hosted_account.next_list is 'List price of the next period, minor units; 0 when not billed or not renewed; kept by a trigger on subscription.';

create or replace function keep_account_terms() returns trigger language plpgsql as $$
declare
  is_billed constant boolean := new.interval is not null and new.commercial_mode <> 'referred';
  monthly constant bigint := case when not is_billed then 0 when new.interval = 'year' then new.list_price / 12 else new.list_price end;
  coming constant bigint := case when is_billed and not new.cancel_at_end
    then coalesce((new.pending_change->>'listPrice')::bigint, new.list_price) else 0 end;
begin
  update hosted_account a set plan_type = coalesce(new.interval, 'trial'), plan_size = new.contact_limit, ends_on = new.period_end,
      billed = is_billed, ending = new.cancel_at_end, monthly_list = monthly, next_list = coming
    where a.agency_id = new.agency_id and a.id = new.hosted_account_id
      and (a.plan_type, a.plan_size, a.ends_on, a.billed, a.ending, a.monthly_list, a.next_list) is distinct from
        (coalesce(new.interval, 'trial'), new.contact_limit, new.period_end, is_billed, new.cancel_at_end, monthly, coming);
  return null;
end $$;
comment on function keep_account_terms is 'Keeps what the list and its figures read equal to the subscription.';
update hosted_account a set billed = x.billed, ending = x.cancel_at_end,
    monthly_list = case when not x.billed then 0 when x.interval = 'year' then x.list_price / 12 else x.list_price end,
    next_list = case when x.billed and not x.cancel_at_end then coalesce((x.pending_change->>'listPrice')::bigint, x.list_price) else 0 end
  from (select s.*, s.interval is not null and s.commercial_mode <> 'referred' as billed from subscription s) x
  where x.agency_id = a.agency_id and x.hosted_account_id = a.id;

drop index hosted_account_by_status;
create index hosted_account_by_status on hosted_account (agency_id, status, plan_type, ends_on)
  include (billed, ending, monthly_list, next_list);

-- One call finds, filters, sorts and counts: rows instead of ids, which had each to be looked up again; and a function
-- in the list of tables is not run while the statement is planned.
create function find_hosted_accounts(typed text, most integer)
  returns table (agency_id uuid, id uuid, client_id uuid, status text, plan_type text, plan_size integer, ends_on date, name_key text, created_at timestamptz)
  language plpgsql stable rows 1000 security definer set search_path = public, pg_temp as $$
declare
  pattern text;
  has_all text := '';
begin
  foreach pattern in array search_patterns(typed) loop
    has_all := has_all || format(' and a.search_text like %L', pattern);
  end loop;
  return query execute format(
    'select a.agency_id, a.id, a.client_id, a.status, a.plan_type, a.plan_size, a.ends_on, a.name_key, a.created_at
     from hosted_account a where a.agency_id = %L%s limit %s', current_agency_id(), has_all, most);
end $$;
comment on function find_hosted_accounts is 'Hosted accounts of the transaction''s tenant that hold every word typed, accents and case forgiven, with what they are filtered and sorted by; at most `most`.';
revoke all on function find_hosted_accounts from public;
grant execute on function find_hosted_accounts to canopee_app;
drop function search_hosted_accounts;
