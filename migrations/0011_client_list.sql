-- The client list: sort by budget, search through row security, views per member, bulk changes, exports.
create index client_by_budget on client (agency_id, monthly_budget, id);

-- Row security keeps the trigram index from the application's own queries, since LIKE could leak what it
-- compares (it is not "leakproof"). This function searches the tenant of the transaction and no other, and
-- gives ids only: the caller's query still decides which of them may be seen.
create function search_clients(typed text, most integer, out ids uuid[], out ranks integer[])
  language plpgsql stable security definer set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.4 as $$
declare
  tenant constant uuid := current_agency_id();
  needle constant text := btrim(regexp_replace(search_key(typed), '\s+', ' ', 'g'));
  pattern constant text := like_pattern(needle);
  word text;
  has_all text := '';
  resembles text := '';
  likeness text := '';
  close_ids uuid[];
  close_ranks integer[];
  likely text;
begin
  foreach word in array string_to_array(needle, ' ') loop
    has_all := has_all || format(' and search_text like %L', '%' || like_pattern(word) || '%');
    if length(word) < 4 then
      resembles := resembles || format(' and search_text like %L', '%' || like_pattern(word) || '%');
    else
      resembles := resembles || format(' and (search_text like %L or %L <%% search_text)', '%' || like_pattern(word) || '%', word);
      likeness := likeness || format('%sword_similarity(%L, search_text)', case when likeness = '' then '' else ' + ' end, word);
    end if;
  end loop;
  -- What holds every word: the name begins with it, a word of the name does, the name has it, something else.
  execute format($q$
    select coalesce(array_agg(id), '{}'), coalesce(array_agg(tier), '{}') from (
      select id, case when name_key like %1$L then 0 when name_key like %2$L then 1 when name_key like %3$L then 2 else 3 end as tier
      from client where agency_id = %4$L%5$s limit %6$s) hit $q$,
    pattern || '%', '% ' || pattern || '%', '%' || pattern || '%', tenant, has_all, most + 1) into ids, ranks;
  if cardinality(ids) > most then
    ids := null;
    ranks := null;
  elsif cardinality(ids) < 10 and likeness <> '' then
    -- Typos: the closest, and what is nearly as close as the closest. Strict first: scoring is what costs.
    foreach likely in array array['0.6', '0.4'] loop
      perform set_config('pg_trgm.word_similarity_threshold', likely, true);
      execute format($q$
        select coalesce(array_agg(id), '{}'), coalesce(array_agg(tier), '{}') from (
          select id, 2000 - (1000 * likeness)::integer as tier, likeness, max(likeness) over () as best from (
            select id, (%1$s) / %2$s as likeness from client
            where agency_id = %3$L%4$s and id <> all ($1) limit 300) near) hit
        where likeness >= best - 0.15 $q$,
        likeness, array_length(string_to_array(likeness, ' + '), 1), tenant, resembles) using ids into close_ids, close_ranks;
      exit when cardinality(close_ids) > 0;
    end loop;
    ids := ids || close_ids;
    ranks := ranks || close_ranks;
  end if;
end $$;

create function like_pattern(value text) returns text
  language sql immutable parallel safe strict
  return replace(replace(replace(value, '\', '\\'), '%', '\%'), '_', '\_');
comment on function like_pattern is 'A text as a LIKE pattern that matches itself only.';
grant execute on function like_pattern to canopee_app;

create function search_patterns(typed text) returns text[]
  language sql immutable parallel safe strict
  begin atomic
    select array_agg('%' || like_pattern(word) || '%') from regexp_split_to_table(btrim(search_key(typed)), '\s+') as word;
  end;
comment on function search_patterns is 'One LIKE pattern for each word typed, without accents or case.';
grant execute on function search_patterns to canopee_app;

comment on function search_clients is 'Clients of the transaction''s tenant that match what was typed, accents and a typo forgiven, with their rank (smaller is better); null when more than `most` do.';
revoke all on function search_clients from public;
grant execute on function search_clients to canopee_app;

-- A view's place and pin are each member's own: pinning a shared view pins it for nobody else.
create table saved_view_place (
  agency_id uuid not null,
  view_id uuid not null,
  member_id uuid not null,
  is_pinned boolean not null default false,
  position integer not null,
  primary key (agency_id, view_id, member_id),
  foreign key (agency_id, view_id) references saved_view on delete cascade,
  foreign key (agency_id, member_id) references member on delete cascade
);
comment on table saved_view_place is 'Where a member keeps a view among its tabs, and whether it is pinned to its side bar.';
comment on column saved_view_place.agency_id is 'Tenant.';
comment on column saved_view_place.view_id is 'View, its own or a shared one.';
comment on column saved_view_place.member_id is 'Whose tabs.';
comment on column saved_view_place.is_pinned is 'Shown in the side bar.';
comment on column saved_view_place.position is 'Order of the tabs, smallest first.';
call protect_tenant_table('saved_view_place');
create index on saved_view_place (agency_id, member_id);
alter table saved_view drop column is_pinned, drop column position;

create table bulk_change (
  agency_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('assign', 'status', 'tag')),
  user_id uuid not null,
  member_id uuid not null,
  created_at timestamptz not null,
  undone_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, user_id) references realm_user on delete cascade
);
comment on table bulk_change is 'A change of several clients at once, kept a day so that who made it can undo it.';
comment on column bulk_change.agency_id is 'Tenant.';
comment on column bulk_change.id is 'UUIDv7.';
comment on column bulk_change.kind is 'assign, status or tag.';
comment on column bulk_change.user_id is 'Who was at the keyboard; nobody else may undo it.';
comment on column bulk_change.member_id is 'In whose name.';
comment on column bulk_change.created_at is 'When.';
comment on column bulk_change.undone_at is 'When it was undone; only once.';
call protect_tenant_table('bulk_change');
create index on bulk_change (agency_id, created_at);

create table bulk_change_item (
  agency_id uuid not null,
  change_id uuid not null,
  client_id uuid not null,
  data jsonb not null,
  primary key (agency_id, change_id, client_id),
  foreign key (agency_id, change_id) references bulk_change on delete cascade,
  foreign key (agency_id, client_id) references client on delete cascade
);
comment on table bulk_change_item is 'What a bulk change did to one client.';
comment on column bulk_change_item.agency_id is 'Tenant.';
comment on column bulk_change_item.change_id is 'The change.';
comment on column bulk_change_item.client_id is 'Client.';
comment on column bulk_change_item.data is 'What was added, what was removed, what was there before.';
call protect_tenant_table('bulk_change_item');

create table export_part (
  agency_id uuid not null,
  job_id uuid not null,
  position integer not null,
  content text not null,
  primary key (agency_id, job_id, position),
  foreign key (agency_id, job_id) references long_job on delete cascade
);
comment on table export_part is 'An export''s file, one part a batch, so that it survives a crash and any process can serve it.';
comment on column export_part.agency_id is 'Tenant.';
comment on column export_part.job_id is 'Job that writes it.';
comment on column export_part.position is 'Order of the parts.';
comment on column export_part.content is 'Lines of CSV, or rows of a worksheet.';
call protect_tenant_table('export_part');
