import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { decrypt } from '../../server/keys.ts'
import { Refusal } from '../../server/refusal.ts'
import type { revealOpening as contract } from './contract.ts'
import { addressOfOpening, readOpening, setOpening } from './opening-rows.ts'

/**
 * Address, user name and first password, for the agency to share: shown once and erased (B29, B30). 410
 * `opening.revealed` afterwards: a new password is set from the account's page.
 */
export async function revealOpening(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const row = await readOpening(ctx, params.id, true)
  if (row.state !== 'ready') throw new Refusal(409, 'opening.not_ready')
  if (row.secret === null || row.user_name === null) throw new Refusal(410, 'opening.revealed')
  await setOpening(ctx, row.id, { secret: null, revealed_at: ctx.nowIso })
  ctx.audit({
    action: 'hosted_account.password_shown',
    clientId: row.client_id,
    entity: { kind: 'hosted_account', id: row.hosted_account_id, name: row.name },
  })
  return {
    address: addressOfOpening(ctx, row),
    userName: row.user_name,
    password: decrypt(ctx.app.config.secret, row.secret),
  }
}
