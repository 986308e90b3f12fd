-- Orders found by words, and lists, counts and totals of them that cost what they show, not what there is.

-- What the search reads, in one text: the order's own words and the names of today around it.
create function refresh_order_search(tenant uuid, which uuid[]) returns void
  language sql set search_path = public, pg_temp
  begin atomic
    update client_order o set search_text = search_key(concat_ws(' ', o.number::text, c.name, p.name, p.site_host, g.name, w.words))
      from client_order x
      join client c on c.agency_id = x.agency_id and c.id = x.client_id
      left join project p on p.agency_id = x.agency_id and p.id = x.project_id
      left join campaign g on g.agency_id = x.agency_id and g.id = x.campaign_id
      cross join lateral (select string_agg(concat_ws(' ', l.title, l.site, l.target_url), ' ' order by l.position) as words
        from order_line l where l.agency_id = x.agency_id and l.order_id = x.id) w
      where x.agency_id = tenant and x.id = any(which) and o.agency_id = x.agency_id and o.id = x.id;
  end;
comment on function refresh_order_search is 'Writes what the search reads of a tenant''s orders: number, client, project, campaign, items, target pages.';
grant execute on function refresh_order_search to canopee_app;

create function order_names_changed() returns trigger language plpgsql as $$
begin
  perform refresh_order_search(new.agency_id, array(select o.id from client_order o where o.agency_id = new.agency_id
    and case tg_table_name when 'client' then o.client_id = new.id when 'project' then o.project_id = new.id else o.campaign_id = new.id end));
  return null;
end $$;
comment on function order_names_changed is 'Orders are found by the names that their client, project and campaign have today.';
create trigger search_by_new_name after update of name on client
  for each row when (old.name is distinct from new.name) execute function order_names_changed();
create trigger search_by_new_name after update of name, site_host on project
  for each row when (old.search_text is distinct from new.search_text) execute function order_names_changed();
create trigger search_by_new_name after update of name on campaign
  for each row when (old.name is distinct from new.name) execute function order_names_changed();

update client_order o set search_text = search_key(concat_ws(' ', o.number::text, c.name, p.name, p.site_host, g.name, w.words))
  from client_order x
  join client c on c.agency_id = x.agency_id and c.id = x.client_id
  left join project p on p.agency_id = x.agency_id and p.id = x.project_id
  left join campaign g on g.agency_id = x.agency_id and g.id = x.campaign_id
  cross join lateral (select string_agg(concat_ws(' ', l.title, l.site, l.target_url), ' ' order by l.position) as words
    from order_line l where l.agency_id = x.agency_id and l.order_id = x.id) w
  where o.agency_id = x.agency_id and o.id = x.id;

create index client_order_search on client_order using gin (agency_id, search_text gin_trgm_ops);

-- Neither LIKE nor "array contains" is leakproof, so that row security keeps their indexes from the application's own
-- queries (as with search_clients). This function reads the tenant of the transaction and gives ids only.
create function find_orders(typed text, members uuid[], most integer) returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  word text;
  wanted text := '';
  found uuid[];
begin
  if members is not null then wanted := format(' and path_ids && %L::uuid[]', members); end if;
  foreach word in array string_to_array(btrim(regexp_replace(search_key(coalesce(typed, '')), '\s+', ' ', 'g')), ' ') loop
    wanted := wanted || format(' and search_text like %L', '%' || like_pattern(word) || '%');
  end loop;
  execute format($q$ select coalesce(array_agg(id), '{}') from (
      select id from client_order where agency_id = %L%s limit %s) hit $q$, current_agency_id(), wanted, most + 1) into found;
  return case when cardinality(found) <= most then found end;
end $$;
comment on function find_orders is 'Orders of the transaction''s tenant that hold every word typed, of clients that one of `members` stood above (either may be null); null when more than `most` do.';
revoke all on function find_orders from public;
grant execute on function find_orders to canopee_app;

-- Orders of the list by their other sorts.
create index client_order_by_total on client_order (agency_id, total, id);
create index client_order_by_due on client_order (agency_id, (coalesce(due_on, 'infinity'::date)), id);
-- Counts of what is under way, and of what was not read.
create index client_order_open on client_order (agency_id, state, client_id) include (due_on)
  where state in ('placed', 'accepted', 'in_progress', 'delivered');
create index client_order_unread on client_order (agency_id, client_id) where agency_unread > 0;

-- Which clients somebody sees is asked of indexes alone.
drop index client_by_home;
create index client_by_home on client (agency_id, home_id, id) where home_id is not null;
drop index client_unassigned;
create index client_unassigned on client (agency_id, name_key, id) include (home_id) where assignee_count = 0;

-- Totals over orders (features/following) read these columns and no row: by day, and by client, campaign and project.
drop index client_order_by_month;
create index client_order_by_day on client_order (agency_id, placed_on)
  include (client_id, manager_id, consultant_id, campaign_id, project_id, state, currency, total, held, captured, captured_cost, refunded);
create index client_order_client_sums on client_order (agency_id, client_id) include (placed_on, currency, total, captured, held);
drop index client_order_of_campaign;
create index client_order_of_campaign on client_order (agency_id, campaign_id) include (placed_on, currency, total, captured, held)
  where campaign_id is not null;
drop index client_order_of_project;
create index client_order_of_project on client_order (agency_id, project_id) include (placed_on, currency, total, captured, held)
  where project_id is not null;
