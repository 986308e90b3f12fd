import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { amountText } from '../../contract/amounts.ts'
import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import type { Exchange } from '../../server/route.ts'
import { accountRowAnswer } from './account-answers.ts'
import type { AccountRow, exportHostedAccounts as contract } from './contract.ts'
import { readAccounts } from './read-accounts.ts'

const rowsAPage = 1000
const columns = [
  'name',
  'address',
  'client',
  'status',
  'plan',
  'interval',
  'contacts',
  'net',
  'currency',
  'ends',
  'created',
] as const

/** Streams the list as a spreadsheet of the caller's language reads it, a transaction a page. */
export async function exportHostedAccounts(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  const { sort, ...filter } = query
  await readAccounts(ctx, { filter, sort, limit: 1 })
  ctx.audit({ action: 'hosted_account.exported', data: { filters: query } })
  const { app, agencyId, locale, realm } = ctx
  const continental = locale === 'fr' || locale === 'es'
  const csv = {
    delimiter: continental ? ';' : ',',
    record_delimiter: 'windows' as const,
    escape_formulas: true,
  }
  const t = (key: string) => app.texts.t(locale, key)
  const cells = (r: AccountRow) => [
    r.name,
    r.host,
    r.client.name,
    t(`hosted_accounts.status.${r.status}`),
    t(`plan.${r.planCode}`),
    t(`hosted_accounts.type.${r.interval ?? 'trial'}`),
    r.contactLimit,
    r.net ? amountText(r.net.amount, r.net.currency, continental ? ',' : '.') : '',
    r.net?.currency ?? '',
    r.endsOn ?? '',
    r.createdAt.slice(0, 10),
  ]
  async function* lines() {
    yield `\ufeff${stringify([columns.map((c) => t(`hosted_accounts.column.${c}`))], csv)}`
    let cursor: string | undefined
    do {
      const page = await runInTenant(app, { agencyId, locale, realm }, async (inner) => {
        const read = await readAccounts(inner, { filter, sort, cursor, limit: rowsAPage })
        return { ...read, rows: read.rows.map((r) => accountRowAnswer(inner, r)) }
      })
      if (page.rows.length > 0) yield stringify(page.rows.map(cells), csv)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }
  ctx.afterCommit(
    () =>
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="comptes-heberges.csv"')
        .send(Readable.from(lines())),
  )
  return {}
}
