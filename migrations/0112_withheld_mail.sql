-- What a client must not be told is kept as proof and never sent (B20, B47).
alter table mail drop constraint mail_state_check;
alter table mail add constraint mail_state_check check (state in ('queued', 'sent', 'failed', 'withheld'));
comment on column mail.state is 'queued, sent, failed for good, or withheld: kept as proof of what was not said to a client.';
