-- A purchase keeps the identity it was offered to, and says why a line is cheaper.
alter table purchase add column buyer jsonb;
comment on column purchase.buyer is 'Legal identity of the payer when the purchase was opened: the invoice is made out to it.';
alter table purchase_line add column discount_label text;
comment on column purchase_line.discount_label is 'Why the discount, in the payer''s language: the rung and the number of paid accounts it was counted on.';
