-- Members are searched by name and address, whoever writes them: sign-up, invitations, profiles, imports.
create function keep_member_search() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'member' then
    select search_key(u.name || ' ' || u.email) into new.search_text
      from realm_user u where u.agency_id = new.agency_id and u.id = new.user_id;
    return new;
  end if;
  update member set search_text = search_key(new.name || ' ' || new.email)
    where agency_id = new.agency_id and user_id = new.id;
  return null;
end $$;
comment on function keep_member_search is 'Keeps member.search_text equal to its user''s name and address.';
create trigger search_of_new before insert on member for each row execute function keep_member_search();
create trigger search_of_changed after update of name, email on realm_user
  for each row when (old.name is distinct from new.name or old.email is distinct from new.email)
  execute function keep_member_search();
