-- A search that matches little forgives typos. It forgave too much: four letters in ten alike were enough, so that
-- « coop » found every client with an address « contact@… ».
create or replace function search_clients(typed text, most integer, out ids uuid[], out ranks integer[])
  language plpgsql stable security definer set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5 as $$
declare
  tenant constant uuid := current_agency_id();
  needle constant text := btrim(regexp_replace(search_key(typed), '\s+', ' ', 'g'));
  pattern constant text := like_pattern(needle);
  word text;
  has_all text := '';
  resembles text := '';
  likeness text := '';
  name_likeness text := '';
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
      name_likeness := name_likeness || format(' and (search_text like %L or word_similarity(%L, name_key) >= 0.5)', '%' || like_pattern(word) || '%', word);
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
    -- Typos: the closest, and what is nearly as close as the closest. Strict first: scoring is what costs. Less
    -- strict in names alone: half of « contrat » is in every address that begins with « contact ».
    foreach likely in array array['0.6', '0.5'] loop
      perform set_config('pg_trgm.word_similarity_threshold', likely, true);
      execute format($q$
        select coalesce(array_agg(id), '{}'), coalesce(array_agg(tier), '{}') from (
          select id, 2000 - (1000 * likeness)::integer as tier, likeness, max(likeness) over () as best from (
            select id, name_key, search_text, (%1$s) / %2$s as likeness from client
            where agency_id = %3$L%4$s and id <> all ($1) limit 300) near
          where true%5$s) hit
        where likeness >= best - 0.15 $q$,
        likeness, array_length(string_to_array(likeness, ' + '), 1), tenant, resembles,
        case when likely = '0.6' then '' else name_likeness end) using ids into close_ids, close_ranks;
      exit when cardinality(close_ids) > 0;
    end loop;
    ids := ids || close_ids;
    ranks := ranks || close_ranks;
  end if;
end $$;
