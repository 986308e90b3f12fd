-- Two people may edit the rule of one balance: whoever saves on an old reading is told so (api.md, "Writes").
alter table budget_rule add column version integer not null default 1;
comment on column budget_rule.version is 'Optimistic concurrency: grows with each change by a person.';
