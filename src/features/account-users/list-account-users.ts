import type { AnswerOf } from '../../contract/endpoint.ts'
import { accountOf, type Ctx } from '../../server/context.ts'
import { accountUsers, userAnswer, userLimit } from './account-user.ts'
import type { listAccountUsers as contract } from './contract.ts'

/** Everybody who may sign in to the account, was invited, or was shut out; by name. */
export async function listAccountUsers(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const { id } = accountOf(ctx)
  const rows = await accountUsers(ctx, id).orderBy('u.name').orderBy('u.id').limit(10_000).execute()
  return { data: rows.map((row) => userAnswer(ctx, row)), limit: await userLimit(ctx, id) }
}
