-- Signing out, or being signed out, ends what was acted in that session: the subject reads the true end.
create function end_access_sessions_of_session() returns trigger language plpgsql as $$
begin
  update access_session x set ended_at = now() + i.clock_offset
    from gone, installation i
    where x.agency_id = gone.agency_id and x.session_id = gone.id and x.ended_at is null and x.expires_at > now() + i.clock_offset;
  return null;
end $$;
comment on function end_access_sessions_of_session is 'Ends the acting sessions of browser sessions that end.';
create trigger end_access_sessions after delete on session referencing old table as gone
  for each statement execute function end_access_sessions_of_session();
