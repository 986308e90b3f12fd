-- A trial is prolonged a second time by the operator only, on request (B60).
alter table subscription add column trial_request_id uuid;
comment on column subscription.trial_request_id is 'Support request whose grant last prolonged the trial: a grant counts once.';
-- One request at a time for each hosted account.
create unique index support_request_one_trial_extension on support_request (agency_id, (about ->> 'hostedAccountId'))
  where kind = 'trial_extension' and state = 'open';
