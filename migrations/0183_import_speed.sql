-- An import is asked how far it is while it goes on: only the rows with something to say are looked through for that.
create index import_row_remarked on import_row (agency_id, import_id, number) where issues <> '[]';

-- The events of a transaction are sealed one by one, as before, and written in one statement: half the time of many.
create or replace function append_audit(events jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tenant uuid := current_agency_id();
  head audit_chain;
  item jsonb;
  e audit_event;
  sealed audit_event[] := '{}';
begin
  if tenant is null then raise exception 'no tenant' using errcode = 'CN003'; end if;
  insert into audit_chain (agency_id, seq, hash) values (tenant, 0, sha256(convert_to(tenant::text, 'UTF8')))
    on conflict do nothing;
  select * into head from audit_chain where agency_id = tenant for update;
  for item in select jsonb_array_elements(events) loop
    e := null;
    head.seq := head.seq + 1;
    e.agency_id := tenant;
    e.seq := head.seq;
    e.id := (item->>'id')::uuid;
    e.occurred_at := (item->>'occurredAt')::timestamptz;
    e.action := item->>'action';
    e.actor_user_id := (item->>'actorUserId')::uuid;
    e.actor_name := item->>'actorName';
    e.subject_user_id := (item->>'subjectUserId')::uuid;
    e.subject_name := item->>'subjectName';
    e.chain := coalesce(item->'chain', '[]'::jsonb);
    e.client_id := (item->>'clientId')::uuid;
    e.member_id := (item->>'memberId')::uuid;
    e.entity_kind := item->>'entityKind';
    e.entity_id := (item->>'entityId')::uuid;
    e.entity_name := item->>'entityName';
    e.data := coalesce(item->'data', '{}'::jsonb);
    e.request_id := item->>'requestId';
    e.previous_hash := head.hash;
    e.hash := audit_hash(head.hash, e);
    sealed := sealed || e;
    head.hash := e.hash;
  end loop;
  insert into audit_event select s.* from unnest(sealed) as s;
  update audit_chain set seq = head.seq, hash = head.hash where agency_id = tenant;
end $$;
