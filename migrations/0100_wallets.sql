-- The ledger (domain.md, "Money"): wallets, what moved between them, what is held. One door in: move_money.
create table wallet (
  agency_id uuid not null,
  id uuid not null,
  owner_kind text not null check (owner_kind in ('agency', 'member', 'client', 'hosted_account', 'counterpart')),
  owner_id uuid not null,
  purpose text not null check (purpose in ('budget', 'prepaid', 'credit', 'counterpart')),
  code text not null default '' check (code in ('', 'card', 'bank', 'revenue', 'payable', 'issued', 'vat')),
  unit text not null check (unit ~ '^[A-Z]{3,10}$'),
  balance bigint not null default 0,
  held bigint not null default 0,
  entry_count bigint not null default 0,
  moved_at timestamptz,
  created_at timestamptz not null,
  primary key (agency_id, id),
  unique (agency_id, owner_kind, owner_id, purpose, code, unit),
  check ((owner_kind = 'counterpart') = (purpose = 'counterpart') and (owner_kind = 'counterpart') = (code <> '')),
  check (owner_kind not in ('agency', 'counterpart') or owner_id = agency_id),
  check (0 <= held and held <= balance),
  check (owner_kind <> 'counterpart' or (balance = 0 and entry_count = 0))
);
comment on table wallet is 'Money or typed credit that somebody holds, one per owner, purpose and unit; changed by move_money alone.';
comment on column wallet.agency_id is 'Tenant.';
comment on column wallet.id is 'UUIDv7; wallets are locked in the order of their ids.';
comment on column wallet.owner_kind is 'agency, member, client, hosted_account, or counterpart: the outside world.';
comment on column wallet.owner_id is 'The owner; the agency''s own id for agency and counterpart.';
comment on column wallet.purpose is 'budget (orders), prepaid (renewals, what a card would pay), credit (SMS, PREVIEW), counterpart.';
comment on column wallet.code is 'Which counterpart: card, bank, revenue, payable, issued or vat; empty for others.';
comment on column wallet.unit is 'ISO 4217 currency, SMS or PREVIEW.';
comment on column wallet.balance is 'Minor units, never below zero. A counterpart keeps none (its entries say it), so that it is never locked.';
comment on column wallet.held is 'Part of the balance that open holds keep back.';
comment on column wallet.entry_count is 'Entries so far; numbers them. 0 for a counterpart.';
comment on column wallet.moved_at is 'Instant of the last entry.';
comment on column wallet.created_at is 'When it was made.';
call protect_tenant_table('wallet', 'select');

create table money_transfer (
  agency_id uuid not null,
  id uuid not null,
  operation_key text not null check (length(operation_key) between 1 and 200),
  input_hash bytea not null,
  reason text not null,
  occurred_at timestamptz not null,
  actor_user_id uuid,
  actor_name text not null,
  subject_user_id uuid,
  subject_name text,
  reference_kind text,
  reference_id uuid,
  note text,
  hold_id uuid,
  held_change bigint,
  primary key (agency_id, id),
  unique (agency_id, operation_key),
  check ((hold_id is null) = (held_change is null)),
  check ((reference_kind is null) = (reference_id is null))
);
comment on table money_transfer is 'One operation of the ledger, once per key for ever; insert-only. One that only holds or lets go has no entries.';
comment on column money_transfer.agency_id is 'Tenant.';
comment on column money_transfer.id is 'UUIDv7.';
comment on column money_transfer.operation_key is 'Names the operation: the same key is never carried out twice.';
comment on column money_transfer.input_hash is 'SHA-256 of what was asked: another input under the same key is refused.';
comment on column money_transfer.reason is 'Why; a text key wallet.reason.<reason>.';
comment on column money_transfer.occurred_at is 'When.';
comment on column money_transfer.actor_user_id is 'The person at the keyboard; null for the system.';
comment on column money_transfer.actor_name is 'Their name then.';
comment on column money_transfer.subject_user_id is 'In whose name, when acting; null otherwise.';
comment on column money_transfer.subject_name is 'Their name then.';
comment on column money_transfer.reference_kind is 'Kind of the thing it is about, e.g. order.';
comment on column money_transfer.reference_id is 'That thing.';
comment on column money_transfer.note is 'What the person wrote about it.';
comment on column money_transfer.hold_id is 'Hold it placed, captured or let go.';
comment on column money_transfer.held_change is 'By how much that hold grew (placed) or shrank.';
call protect_tenant_table('money_transfer', 'select');
create index money_transfer_of_hold on money_transfer (agency_id, hold_id) where hold_id is not null;
create index money_transfer_of_reference on money_transfer (agency_id, reference_kind, reference_id)
  where reference_id is not null;

create table entry (
  agency_id uuid not null,
  money_transfer_id uuid not null,
  line integer not null,
  wallet_id uuid not null,
  amount bigint not null check (amount <> 0),
  number bigint,
  balance_after bigint,
  occurred_at timestamptz not null,
  primary key (agency_id, money_transfer_id, line),
  foreign key (agency_id, money_transfer_id) references money_transfer,
  check ((number is null) = (balance_after is null))
);
comment on table entry is 'One line of a money transfer; insert-only. Those of a transfer sum to zero per unit. No foreign key to the wallet: its shared locks would gather on counterparts.';
comment on column entry.agency_id is 'Tenant.';
comment on column entry.money_transfer_id is 'Transfer it is a line of.';
comment on column entry.line is 'Place in it, from 1.';
comment on column entry.wallet_id is 'Wallet it changes.';
comment on column entry.amount is 'Minor units, positive when the wallet receives.';
comment on column entry.number is 'Place in the wallet''s own history, from 1 without gaps; null for a counterpart.';
comment on column entry.balance_after is 'Balance of the wallet after it; null for a counterpart.';
comment on column entry.occurred_at is 'When, never before the wallet''s previous entry.';
call protect_tenant_table('entry', 'select');
create index entry_of_wallet on entry (agency_id, wallet_id, occurred_at, number) include (amount);

create table hold (
  agency_id uuid not null,
  id uuid not null,
  wallet_id uuid not null,
  amount bigint not null check (amount > 0),
  remaining bigint not null check (remaining between 0 and amount),
  reason text not null,
  reference_kind text,
  reference_id uuid,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, wallet_id) references wallet,
  check ((remaining = 0) = (closed_at is not null))
);
comment on table hold is 'Part of a wallet kept back for something ordered, until it is captured or let go; changed by move_money alone.';
comment on column hold.agency_id is 'Tenant.';
comment on column hold.id is 'UUIDv7.';
comment on column hold.wallet_id is 'Wallet that holds it.';
comment on column hold.amount is 'Minor units held at first.';
comment on column hold.remaining is 'Minor units still held.';
comment on column hold.reason is 'Why; a text key wallet.reason.<reason>.';
comment on column hold.reference_kind is 'Kind of the thing it is for, e.g. order.';
comment on column hold.reference_id is 'That thing.';
comment on column hold.created_at is 'When it was placed.';
comment on column hold.closed_at is 'When nothing was held any more.';
call protect_tenant_table('hold', 'select');
create index hold_open on hold (agency_id, wallet_id) where remaining > 0;

create trigger insert_only before update or delete on money_transfer for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on money_transfer for each statement execute function refuse_change();
create trigger insert_only before update or delete on entry for each row execute function refuse_change();
create trigger insert_only_truncate before truncate on entry for each statement execute function refuse_change();

-- Any number of operations as one lock and one effect. Wallets are arrays side by side (made when new), then
-- the operations, then their lines, which name both by position. Writes nothing when it refuses.
create function move_money(
  at timestamptz, actor_id uuid, actor text, subject_id uuid, subject text,
  owner_kinds text[], owner_ids uuid[], purposes text[], codes text[], units text[],
  keys text[], hashes bytea[], reasons text[], reference_kinds text[], reference_ids uuid[], notes text[],
  hold_ids uuid[], hold_wallets integer[], held_changes bigint[],
  line_transfers integer[], line_wallets integer[], amounts bigint[],
  out ids uuid[], out replayed boolean[], out refused text, out refused_transfer integer,
  out refused_unit text, out missing bigint)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tenant uuid := current_agency_id();
  wallet_ids uuid[];
  done integer;
begin
  if tenant is null then raise exception 'no tenant' using errcode = 'CN003'; end if;

  select array_agg(w.id order by r.i) into wallet_ids
    from unnest(owner_kinds, owner_ids, purposes, codes, units) with ordinality r(kind, owner, purpose, code, unit, i)
    join wallet w on w.agency_id = tenant and w.owner_kind = r.kind and w.owner_id = r.owner
      and w.purpose = r.purpose and w.code = r.code and w.unit = r.unit;
  if coalesce(cardinality(wallet_ids), 0) < cardinality(owner_kinds) then
    insert into wallet (agency_id, id, owner_kind, owner_id, purpose, code, unit, created_at)
      select tenant, uuidv7(), r.kind, r.owner, r.purpose, r.code, r.unit, at
      from unnest(owner_kinds, owner_ids, purposes, codes, units) r(kind, owner, purpose, code, unit)
      order by r.kind, r.owner, r.purpose, r.code, r.unit
      on conflict do nothing;
    select array_agg(w.id order by r.i) into wallet_ids
      from unnest(owner_kinds, owner_ids, purposes, codes, units) with ordinality r(kind, owner, purpose, code, unit, i)
      join wallet w on w.agency_id = tenant and w.owner_kind = r.kind and w.owner_id = r.owner
        and w.purpose = r.purpose and w.code = r.code and w.unit = r.unit;
  end if;

  -- Counterparts are neither locked nor counted. What moves between them alone waits for its own key.
  perform from wallet w where w.agency_id = tenant and w.id = any(wallet_ids) and w.owner_kind <> 'counterpart'
    order by w.id for no key update;
  if not found then
    perform pg_advisory_xact_lock(hashtextextended(tenant::text || k, 8)) from (select unnest(keys) as k order by 1) x;
  end if;

  -- Asked after the lock: whoever had it before us may have used the very key.
  select array_agg(m.id order by k.i), array_agg(m.id is not null order by k.i),
      min(k.i) filter (where m.input_hash <> hashes[k.i])
    into ids, replayed, refused_transfer
    from unnest(keys) with ordinality k(key, i)
    left join money_transfer m on m.agency_id = tenant and m.operation_key = k.key;
  if refused_transfer is not null then refused := 'key_reused'; return; end if;
  if not (false = any(replayed)) then return; end if;

  if exists (select from unnest(line_transfers, line_wallets, amounts) l(t, w, amount)
      group by l.t, units[l.w] having sum(l.amount) <> 0) then
    raise exception 'the lines do not sum to zero' using errcode = 'CN010';
  end if;

  -- Enough for each, after the ones before it in the same call.
  select r.t, r.unit, r.short into refused_transfer, refused_unit, missing from (
    select m.t, w.unit, (w.held - w.balance - sum(sum(m.change)) over (partition by w.id order by m.t))::bigint as short
    from (
      select l.t, l.w, l.amount as change from unnest(line_transfers, line_wallets, amounts) l(t, w, amount)
      union all
      select h.t::integer, h.w, -h.change from unnest(hold_wallets, held_changes) with ordinality h(w, change, t)
        where h.w is not null) m
    join wallet w on w.agency_id = tenant and w.id = wallet_ids[m.w] and w.owner_kind <> 'counterpart'
    where not replayed[m.t]
    group by m.t, w.id, w.unit, w.held, w.balance) r
    where r.short > 0 order by r.t limit 1;
  if refused_transfer is not null then refused := 'insufficient'; return; end if;

  select array_agg(coalesce(i.id, uuidv7()) order by i.n) into ids from unnest(ids) with ordinality i(id, n);
  insert into money_transfer (agency_id, id, operation_key, input_hash, reason, occurred_at, actor_user_id, actor_name,
      subject_user_id, subject_name, reference_kind, reference_id, note, hold_id, held_change)
    select tenant, ids[t.i], t.key, hashes[t.i], reasons[t.i], at, actor_id, actor, subject_id, subject,
      reference_kinds[t.i], reference_ids[t.i], notes[t.i], hold_ids[t.i], held_changes[t.i]
    from unnest(keys) with ordinality t(key, i) where not replayed[t.i]
    on conflict do nothing;
  get diagnostics done = row_count;
  -- The same input would have waited for the same wallets: somebody else used this key for another.
  if done <> (select count(*) from unnest(replayed) r where not r) then
    raise exception 'operation key used meanwhile' using errcode = 'CN011';
  end if;

  insert into entry (agency_id, money_transfer_id, line, wallet_id, amount, number, balance_after, occurred_at)
    select tenant, ids[l.t], row_number() over (partition by l.t order by l.i), w.id, l.amount,
      case when w.owner_kind <> 'counterpart' then w.entry_count + row_number() over (partition by w.id order by l.t, l.i) end,
      case when w.owner_kind <> 'counterpart' then w.balance + sum(l.amount) over (partition by w.id order by l.t, l.i) end,
      greatest(at, w.moved_at)
    from unnest(line_transfers, line_wallets, amounts) with ordinality l(t, w, amount, i)
    join wallet w on w.agency_id = tenant and w.id = wallet_ids[l.w]
    where not replayed[l.t];

  update wallet w set balance = w.balance + s.balance, held = w.held + s.held, entry_count = w.entry_count + s.entries,
      moved_at = case when s.entries > 0 then greatest(w.moved_at, at) else w.moved_at end
    from (
      select m.w, sum(m.amount)::bigint as balance, sum(m.held)::bigint as held, count(m.entry) as entries
      from (
        select l.t, l.w, l.amount, 0::bigint as held, 1 as entry from unnest(line_transfers, line_wallets, amounts) l(t, w, amount)
        union all
        select h.t::integer, h.w, 0, h.change, null from unnest(hold_wallets, held_changes) with ordinality h(w, change, t)
          where h.w is not null) m
      where not replayed[m.t] group by m.w) s
    where w.agency_id = tenant and w.id = wallet_ids[s.w] and w.owner_kind <> 'counterpart';

  if hold_ids is not null then
    insert into hold (agency_id, id, wallet_id, amount, remaining, reason, reference_kind, reference_id, created_at)
      select tenant, h.id, wallet_ids[hold_wallets[h.i]], held_changes[h.i], held_changes[h.i], reasons[h.i],
        reference_kinds[h.i], reference_ids[h.i], at
      from unnest(hold_ids) with ordinality h(id, i) where held_changes[h.i] > 0 and not replayed[h.i];
    update hold h set remaining = h.remaining + s.change, closed_at = case when h.remaining + s.change = 0 then at end
      from (select x.id, sum(held_changes[x.i])::bigint as change from unnest(hold_ids) with ordinality x(id, i)
        where held_changes[x.i] < 0 and not replayed[x.i] group by x.id) s
      where h.agency_id = tenant and h.id = s.id;
  end if;
end $$;
comment on function move_money is 'Carries operations of the ledger out, all or none, once per key; the only way in. Refuses by its answer: insufficient, key_reused.';
revoke all on function move_money from public;
grant execute on function move_money to canopee_app;

-- For who must know what is there before deciding how much to move: nobody moves it meanwhile.
create function lock_wallets(owner_kinds text[], owner_ids uuid[], purposes text[], codes text[], units text[]) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from wallet w join unnest(owner_kinds, owner_ids, purposes, codes, units) r(kind, owner, purpose, code, unit)
      on w.owner_kind = r.kind and w.owner_id = r.owner and w.purpose = r.purpose and w.code = r.code and w.unit = r.unit
    where w.agency_id = current_agency_id() and w.owner_kind <> 'counterpart'
    order by w.id for no key update of w;
end $$;
comment on function lock_wallets is 'Locks wallets in the order of their ids until the transaction ends; those that do not exist yet hold nothing.';
revoke all on function lock_wallets from public;
grant execute on function lock_wallets to canopee_app;
