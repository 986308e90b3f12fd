import { Readable } from 'node:stream'
import { decimalsOf } from '../../contract/amounts.ts'
import type { InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { Exchange } from '../../server/route.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { byteOrderMark, csvLines, type Cell } from '../client-export/public.ts'
import type { exportEntries as contract } from './contract.ts'
import { findEntries, type Entry, type EntryPlace } from './find-entries.ts'
import { creditUnits } from './insufficient.ts'
import { visibleWallet } from './visible-wallet.ts'

const rowsAPage = 2_000

/** Streams the filtered statement page by page, oldest first, as spreadsheets of the caller's language read it. */
export async function exportEntries(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  const wallet = await visibleWallet(ctx, params.id)
  const { app, agencyId, locale, realm, actor, subject, acting } = ctx
  const { timeZone } = agencyOf(ctx)
  const decimals = creditUnits.includes(wallet.unit) ? 0 : decimalsOf(wallet.unit)
  const titles = ['number', 'date', 'time', 'reason', 'other', 'note', 'by', 'amount', 'balance', 'unit']
  const figure = (minor: number): Cell => ({ number: minor / 10 ** decimals, digits: decimals })
  const cells = (e: Entry): Cell[] => {
    const at = Temporal.Instant.from(e.occurredAt).toZonedDateTimeISO(timeZone)
    return [
      { number: e.number, digits: 0 },
      { day: at.toPlainDate().toString() },
      at.toPlainTime().toString({ smallestUnit: 'second' }),
      e.label,
      e.other?.name ?? '',
      e.note ?? '',
      e.by?.name ?? '',
      figure(e.amount.amount),
      figure(e.balanceAfter.amount),
      wallet.unit,
    ]
  }
  async function* lines() {
    yield (
      byteOrderMark + csvLines([titles.map((name) => app.texts.t(locale, `wallet.column.${name}`))], locale)
    )
    let place: EntryPlace | undefined
    for (;;) {
      // A transaction a page: a slow download holds no connection.
      const page = await runInTenant(app, { agencyId, locale, realm }, (inner) => {
        Object.assign(inner, { actor, subject, acting })
        return findEntries(inner, wallet, query, { limit: rowsAPage, place, oldestFirst: true })
      })
      if (page.length === 0) return
      yield csvLines(page.map(cells), locale)
      const last = page.at(-1)!
      place = [last.occurredAt, String(last.number)]
    }
  }
  ctx.afterCommit(
    () =>
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="releve.csv"')
        .send(Readable.from(lines())),
  )
  return {}
}
