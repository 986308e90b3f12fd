import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { levelsOf, maySpendFrom, restoreBalance, type BudgetNode } from '../budgets/public.ts'
import {
  auditedMember,
  lockMembership,
  memberToChange,
  openAccess,
  visibleMembers,
  type MemberToChange,
} from '../sub-accounts/public.ts'
import { moneyText } from '../wallets/public.ts'
import type * as contract from './contract.ts'
import { place, type MovedWork } from './move-work.ts'

type Done = Omit<MovedWork, 'lost'> & {
  closed: boolean
  /** What went to the level above, minor units; absent from removals older than that. */
  returned?: { amount: string; to: BudgetNode }
}

/**
 * Takes a removal back as far as nobody changed since what it moved: access, clients, portfolio, team and balance
 * return. A client that the caller does not see any more stays where it went: it would come back into the caller's
 * sight by the caller's own act. 409 `hand_over.undone` when there is nothing to take back,
 * `hand_over.balance_spent` when the level that got the balance has less left; with `withoutBalance` the balance
 * stays there.
 */
export async function undoHandOver(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.undoHandOver>,
): Promise<AnswerOf<typeof contract.undoHandOver>> {
  await lockMembership(ctx)
  const row = await visibleMembers(ctx)
    .innerJoin('hand_over', (j) =>
      j.onRef('hand_over.agency_id', '=', 'member.agency_id').onRef('hand_over.member_id', '=', 'member.id'),
    )
    .select(['hand_over.id', 'hand_over.member_id', 'hand_over.done', 'hand_over.undone_at'])
    .where('hand_over.id', '=', params.id)
    .forUpdate('hand_over')
    .executeTakeFirst()
  if (!row) throw notFound()
  const member = await memberToChange(ctx, row.member_id, { others: true })
  const done = row.done as unknown as Partial<Done>
  if (row.undone_at !== null || (done.closed && member.state !== 'disabled'))
    throw new Refusal(409, 'hand_over.undone')
  const { team = [] } = done
  const seen = await seenOf(ctx, [done.taken, done.given, done.kept, done.homes])
  const [taken, given, kept, homes] = [seen(done.taken), seen(done.given), seen(done.kept), seen(done.homes)]
  await ctx.tx.query(
    'undo_lock_clients',
    `select 1 from client where agency_id = $1 and id = any($2::uuid[]) order by id for no key update`,
    [ctx.agencyId, [...new Set([...taken, ...given, ...kept, ...homes].map((x) => x.client))]],
  )
  const balance = body.withoutBalance ? 0n : await giveBack(ctx, row.id, member, done.returned)
  if (done.closed) await openAccess(ctx, member)
  for (const { member: id, to } of team.toReversed()) await backUnder(ctx, id, to, member.id)
  const ungiven = [...given, ...kept]
  await ctx.tx.query(
    'undo_given',
    `delete from assignment a using unnest($2::uuid[], $3::uuid[]) as p(client, member)
     where a.agency_id = $1 and a.client_id = p.client and a.member_id = p.member and a.source = 'hand_over'`,
    [ctx.agencyId, ungiven.map((p) => p.client), ungiven.map((p) => p.member)],
  )
  const restored = await ctx.tx.query(
    'undo_taken',
    `insert into assignment (agency_id, client_id, member_id, is_lead, source, assigned_by, assigned_by_name, assigned_at)
     select $1::uuid, c.id, $2::uuid, p.lead and not exists (select from assignment l where l.agency_id = $1 and l.client_id = c.id and l.is_lead),
       p.source, $6::uuid, $7, $8::timestamptz
     from unnest($3::uuid[], $4::boolean[], $5::text[]) as p(client, lead, source)
     join client c on c.agency_id = $1 and c.id = p.client order by c.id on conflict do nothing returning 1`,
    [
      ctx.agencyId,
      member.id,
      taken.map((p) => p.client),
      taken.map((p) => p.lead),
      taken.map((p) => p.source),
      ctx.actor?.userId ?? null,
      ctx.actor?.name ?? 'Canopée',
      ctx.nowIso,
    ],
  )
  await ctx.tx.query(
    'undo_homes',
    `update client c set home_id = $2::uuid, version = c.version + 1 from unnest($3::uuid[], $4::uuid[]) as p(id, home)
     where c.agency_id = $1 and c.id = p.id and c.home_id = p.home`,
    [ctx.agencyId, member.id, homes.map((h) => h.client), homes.map((h) => h.to)],
  )
  await ctx.db
    .updateTable('hand_over')
    .set({ undone_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.id)
    .execute()
  const { currency } = agencyOf(ctx)
  const money = (amount: bigint) => ({ amount: Number(amount), currency })
  ctx.audit({
    action: 'member.hand_over_undone',
    ...auditedMember(member),
    data: { clients: restored.length, portfolio: homes.length, team: team.length, balance: money(balance) },
  })
  for (const kind of ['members', 'clients']) ctx.publish({ agencyId: ctx.agencyId, kind })
  return { restored: restored.length, balance: money(balance) }
}

/**
 * The balance, once for each removal; nothing when the member's level is none of the mode by now, or when it went to
 * a level that is not the caller's to spend from. Minor units.
 */
async function giveBack(
  ctx: Ctx,
  handOverId: string,
  member: MemberToChange,
  returned: Done['returned'],
): Promise<bigint> {
  const { mode, currency } = agencyOf(ctx)
  const amount = BigInt(returned?.amount ?? 0)
  if (!returned || amount === 0n || !levelsOf(mode).includes(member.role)) return 0n
  if (!(await maySpendFrom(ctx, returned.to))) return 0n
  try {
    await restoreBalance(ctx, `hand-over.undo ${handOverId}`, member.id, { amount, to: returned.to })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'wallet.insufficient') throw error
    throw new Refusal(409, 'hand_over.balance_spent', {
      values: { name: member.name, amount: moneyText(ctx.locale, amount, currency) },
      data: { amount: { amount: Number(amount), currency } },
    })
  }
  return amount
}

/** Leaves out, of what is about clients, what the caller does not see. */
async function seenOf(ctx: Ctx, lists: readonly (readonly { client: string }[] | undefined)[]) {
  const ids = [...new Set(lists.flatMap((list) => list?.map((x) => x.client) ?? []))]
  const rows = await visibleClients(ctx)
    .select('client.id')
    .where(sql<boolean>`client.id = any(${ids}::uuid[])`)
    .execute()
  const visible = new Set(rows.map((r) => r.id))
  return <T extends { client: string }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter((x) => visible.has(x.client))
}

/** Back below the member, unless somebody moved it since, or it stands above the member by now. */
async function backUnder(ctx: Ctx, id: string, to: string | null, memberId: string): Promise<void> {
  const [free] = await ctx.tx.query(
    'undo_may_move',
    `select 1 from member m where m.agency_id = $1 and m.id = $2 and m.parent_id is not distinct from $3::uuid
       and not exists (select from member_closure k where k.agency_id = $1 and k.ancestor_id = $2 and k.descendant_id = $4)`,
    [ctx.agencyId, id, to, memberId],
  )
  if (free) await place(ctx, id, memberId)
}
