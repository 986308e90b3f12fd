-- Each step of an acting chain must still lead downward from the step above it, not only from the person at
-- the keyboard: a member moved out of the middle one's team is out of the chain at once.
create or replace function access_chain_names(tenant uuid, leaf uuid) returns text[]
  language plpgsql stable as $$
declare
  current access_session;
  from_id uuid;
  names text[] := '{}';
  label text;
  next_id uuid := leaf;
begin
  while next_id is not null loop
    select * into current from access_session where agency_id = tenant and id = next_id and ended_at is null;
    if not found then return null; end if;
    from_id := current.actor_member_id;
    if current.parent_id is not null then
      select subject_member_id into from_id from access_session where agency_id = tenant and id = current.parent_id;
    end if;
    select u.name into label
      from member m
      join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id and u.state = 'active'
      join member a on a.agency_id = m.agency_id and a.id = from_id and a.state = 'active'
      where m.agency_id = tenant and m.id = current.subject_member_id and m.state = 'active' and m.role <> 'owner'
        and (a.role = 'owner' or exists (select from member_closure c
          where c.agency_id = tenant and c.ancestor_id = a.id and c.descendant_id = m.id and c.depth > 0));
    if not found then return null; end if;
    names := label || names;
    next_id := current.parent_id;
  end loop;
  select u.name into label from realm_user u where u.agency_id = tenant and u.id = current.actor_user_id;
  return label || names;
end $$;
comment on function access_chain_names is 'Names along an acting chain, or null when it no longer holds (C2: downward only, step by step).';

-- A chain that broke stays broken: giving access back, or moving a member back, does not bring a session back.
create index access_session_live on access_session (agency_id, expires_at) where ended_at is null;
create function end_broken_access_sessions() returns trigger language plpgsql as $$
declare
  moved_now timestamptz := now() + (select clock_offset from installation);
begin
  update access_session x set ended_at = moved_now
    from (select distinct n.agency_id from changed n join former o on o.agency_id = n.agency_id and o.id = n.id
          where (n.state, n.role) is distinct from (o.state, o.role) or n.parent_id is distinct from o.parent_id) touched
    where x.agency_id = touched.agency_id and x.ended_at is null and x.expires_at > moved_now
      and access_chain_names(x.agency_id, x.id) is null;
  return null;
end $$;
comment on function end_broken_access_sessions is 'Ends the acting sessions that a change of members leaves without a downward chain.';
create trigger end_access_sessions after update on member referencing old table as former new table as changed
  for each statement execute function end_broken_access_sessions();
