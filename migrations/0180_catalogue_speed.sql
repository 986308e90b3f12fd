-- What the catalogue's counts, price orders and typo corrections read, so that none of them walks the table.

-- Counting by one short text, in the order of the index, costs a third of counting by four.
alter table catalogue_item add column shelf text not null
  generated always as (kind || ' ' || theme || ' ' || language || ' ' || country) stored;
comment on column catalogue_item.shelf is 'Kind, theme, language and country together: the facets are counted by it.';
drop index catalogue_item_facets;
-- Everything filters, rules and retail prices look at, words aside.
create index catalogue_item_facets on catalogue_item (agency_id, currency, shelf)
  include (trust, citation, traffic, delay_days, price, id, kind, theme, language, country) where state = 'published';

create table catalogue_word (
  agency_id uuid not null check (agency_id = '00000000-0000-0000-0000-000000000000'),
  word text not null,
  primary key (agency_id, word)
);
comment on table catalogue_word is 'Every word of three letters or more that an item was ever found by: what a misspelt word is corrected with. Words are never taken out: one that no item on sale has any more only finds nothing.';
comment on column catalogue_word.agency_id is 'Always the operator''s tenant.';
comment on column catalogue_word.word is 'Without accents or case.';
call protect_operator_table('catalogue_word', 'select, insert');
create index catalogue_word_search on catalogue_word using gin (word gin_trgm_ops);

create function catalogue_words(texts text[]) returns setof text
  language sql immutable parallel safe
  begin atomic
    select distinct word from unnest(texts) as t, regexp_split_to_table(t, '[^[:alnum:]]+') as word
    where length(word) >= 3 and word !~ '^\d+$' order by word;
  end;
comment on function catalogue_words is 'The distinct words of some search texts, in order; numbers are none.';
grant execute on function catalogue_words to canopee_app;

create function keep_catalogue_words() returns trigger language plpgsql as $$
declare
  texts text[];
  fresh text[];
begin
  if tg_op = 'INSERT' then
    select array_agg(search_text) into texts from made;
  else
    select array_agg(m.search_text) into texts from made m join gone g using (agency_id, id) where m.search_text <> g.search_text;
  end if;
  select array_agg(w.word) into fresh from catalogue_words(texts) as w(word)
    where not exists (select from catalogue_word k where k.agency_id = '00000000-0000-0000-0000-000000000000' and k.word = w.word);
  if fresh is not null then
    -- Two files brought in at once would wait for each other's words in different orders: one after the other.
    perform pg_advisory_xact_lock(hashtext('catalogue_word'));
    insert into catalogue_word select '00000000-0000-0000-0000-000000000000', unnest(fresh) on conflict do nothing;
  end if;
  return null;
end $$;
comment on function keep_catalogue_words is 'Keeps the words of items made or renamed.';
create trigger keep_words_of_new after insert on catalogue_item referencing new table as made
  for each statement execute function keep_catalogue_words();
create trigger keep_words_of_changed after update on catalogue_item referencing old table as gone new table as made
  for each statement execute function keep_catalogue_words();

insert into catalogue_word select '00000000-0000-0000-0000-000000000000', word
  from catalogue_words((select array_agg(search_text) from catalogue_item)) as w(word);
