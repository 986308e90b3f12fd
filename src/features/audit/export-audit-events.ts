import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import type { Exchange } from '../../server/route.ts'
import type { exportAuditEvents as contract } from './contract.ts'
import { auditAnswer, findEvents } from './find-events.ts'

const rowsAPage = 2_000
const csv = { delimiter: ';', record_delimiter: 'windows' as const, escape_formulas: true }

/** Streams the filtered journal page by page, so that a year of a large agency costs no memory. */
export async function exportAuditEvents(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  ctx.audit({ action: 'audit.exported', data: { filters: query } })
  const { app, agencyId, locale, realm } = ctx
  async function* lines() {
    const t = (key: string) => app.texts.t(locale, key)
    const titles = [
      'audit.column.seq',
      'audit.column.when',
      'audit.column.actor',
      'audit.column.subject',
      'audit.column.action',
      'audit.column.entity',
      'audit.column.data',
      'audit.column.request',
    ]
    yield `\ufeff${stringify([titles.map(t)], csv)}`
    let before: number | undefined
    for (;;) {
      // A transaction a page: a slow download holds no connection.
      const page = await runInTenant(app, { agencyId, locale, realm }, async (inner) =>
        (await findEvents(inner, query, rowsAPage, before)).map((e) => auditAnswer(inner, e)),
      )
      if (page.length === 0) return
      yield stringify(
        page.map((e) => [
          e.seq,
          e.occurredAt,
          e.actor.name,
          e.subject?.name ?? '',
          e.label,
          e.entity?.name ?? '',
          JSON.stringify(e.data),
          e.requestId ?? '',
        ]),
        csv,
      )
      before = page.at(-1)!.seq
    }
  }
  ctx.afterCommit(
    () =>
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="journal.csv"')
        .send(Readable.from(lines())),
  )
  return {}
}
