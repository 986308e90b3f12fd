import { emailKey } from '../../contract/common.ts'
import type { App } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { newId, operatorId } from '../../server/ids.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'

/**
 * Lets a person of the operator's staff in: makes the user when new and gives a link, good once for 30
 * minutes, where they set their password. Whoever can run this command already holds the database.
 */
export async function addOperator(app: App, given: { email: string; name: string }): Promise<string> {
  return runInTenant(app, { agencyId: operatorId }, async (ctx) => {
    const known = await ctx.db
      .selectFrom('realm_user')
      .select('id')
      .where('agency_id', '=', operatorId)
      .where('email_key', '=', emailKey(given.email))
      .executeTakeFirst()
    const userId = known?.id ?? newId()
    if (!known) {
      await ctx.db
        .insertInto('realm_user')
        .values({
          agency_id: operatorId,
          id: userId,
          realm_id: operatorId,
          realm_kind: 'operator',
          email: given.email,
          email_key: emailKey(given.email),
          name: given.name,
          email_confirmed_at: ctx.nowIso,
          created_at: ctx.nowIso,
        })
        .execute()
      ctx.audit({ action: 'operator.added', entity: { kind: 'user', id: userId, name: given.name } })
    }
    await revokeTokens(ctx, userId, 'password_reset')
    const token = await issueToken(ctx, { purpose: 'password_reset', userId, lifetime: { minutes: 30 } })
    return linkTo(app.config, ctx.realm, `/reinitialiser#jeton=${token}`)
  })
}
