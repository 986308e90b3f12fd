import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { hasMailbox } from '../mailbox/public.ts'
import type { getRealm as contract } from './contract.ts'

/** What the host in use is, for the pages before sign-in. */
export async function getRealm(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const { config } = ctx.app
  const [row] = await ctx.tx.query<{ sandbox: boolean; empty: boolean }>(
    'installation_facts',
    `select sandbox, not exists (select from host_name) as empty from installation`,
    [],
  )
  return {
    kind: ctx.realm.kind,
    name: ctx.account?.name ?? ctx.agency?.name ?? 'Canopée',
    slug: ctx.agency && ctx.realm.kind === 'agency' ? ctx.agency.slug : null,
    agency: ctx.account ? (ctx.agency?.name ?? null) : null,
    door: ctx.realm.kind !== 'hosted_account' ? 'open' : (ctx.account?.door ?? 'closed'),
    baseUrl: config.baseUrl.origin,
    supportEmail: ctx.agency?.supportEmail ?? null,
    brandColor: ctx.agency && ctx.realm.kind !== 'operator' ? ctx.agency.brandColor : null,
    locale: ctx.locale,
    sandbox: row?.sandbox ?? false,
    mailbox: hasMailbox(ctx),
    emptyInstallation: row?.empty ?? false,
    passkeys: true,
  }
}
