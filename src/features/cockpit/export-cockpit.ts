import { stringify } from 'csv-stringify/sync'
import { amountText } from '../../contract/amounts.ts'
import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { Exchange } from '../../server/route.ts'
import type { exportCockpit as contract } from './contract.ts'
import { costOf } from './forecast.ts'
import { readFacts } from './read-running.ts'

/** Every running account on a line, as a spreadsheet in the caller's language opens it. */
export async function exportCockpit(
  ctx: Ctx,
  _input: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  const facts = await readFacts(ctx)
  const t = (key: string, values?: object) => ctx.app.texts.t(ctx.locale, key, { ...values })
  const comma = ctx.locale === 'fr' || ctx.locale === 'es'
  const amount = (minor: bigint | null) => {
    if (minor === null) return ''
    const text = amountText(Number(minor < 0n ? -minor : minor), facts.currency, comma ? ',' : '.')
    return minor < 0n ? `-${text}` : text
  }
  const { currency } = facts
  const titles = ['client', 'account', 'plan', 'interval', 'next', 'cost', 'retail', 'margin']
  const rows = facts.running.map((r) => {
    const cost = costOf(r, facts.percent)
    return [
      harmless(facts.clients.get(r.clientId) ?? ''),
      harmless(r.name),
      t(`plan.${r.plan}`),
      t(`cockpit.interval.${r.interval}`),
      r.on.toString(),
      amount(cost),
      amount(r.retail),
      amount(r.retail === null ? null : r.retail - cost),
    ]
  })
  ctx.audit({ action: 'cockpit.exported', data: { rows: rows.length } })
  const csv = stringify([titles.map((k) => t(`cockpit.column.${k}`, { currency })), ...rows], {
    delimiter: comma ? ';' : ',',
    record_delimiter: 'windows',
  })
  ctx.afterCommit(
    () =>
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="renouvellements-${facts.today.toString()}.csv"`)
        .send(`\ufeff${csv}`),
  )
  return {}
}

/** A text that no spreadsheet runs as a formula; amounts below zero stay figures. */
function harmless(text: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text
}
