-- Inputs may hold passwords and answers one-time links: neither is kept in a form that could be read or guessed.
comment on column idempotency_key.input_hash is 'HMAC-SHA-256 of the input under the installation''s secret.';
comment on column idempotency_key.answer is 'Body answered, sealed under the installation''s secret: {"sealed": …}.';
