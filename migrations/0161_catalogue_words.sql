-- An unknown trust score is below none: content, which has no site, is not kept back by a rule on sites.
comment on column catalogue_rule.trust_below is 'Only sites whose trust score is known and below; null: any.';
