import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { isThisMachine } from '../../server/this-machine.ts'
import { notFound } from '../../server/refusal.ts'
import type { getMailboxMail as get, listMailbox as list } from './contract.ts'

type MailRow = {
  id: string
  kind: string
  from_name: string
  to_email: string
  subject: string
  state: 'queued' | 'sent' | 'failed'
  created_at: string
  html: string
  text: string
}

/** Whether the mailbox exists for who asks: mails carry sign-in links, so only for whoever is at this machine. */
export function hasMailbox(ctx: Ctx): boolean {
  const { smtpUrl, baseUrl } = ctx.app.config
  return smtpUrl === undefined && baseUrl.hostname === 'localhost' && isThisMachine(ctx.ip)
}

/** The last mails. Reads past the tenants' walls, as the person at this very machine may. */
export async function listMailbox(ctx: Ctx, { query }: InputOf<typeof list>): Promise<AnswerOf<typeof list>> {
  if (!hasMailbox(ctx)) throw notFound()
  const { rows } = await ctx.app.database.owner.query<MailRow>(
    `select id, kind, from_name, to_email, subject, state, created_at from mail
     where state <> 'withheld' and ($1::text is null or lower(to_email) = lower($1)) order by id desc limit 200`,
    [query.to ?? null],
  )
  return { data: rows.map(summary) }
}

/** One mail with its bodies. */
export async function getMailboxMail(
  ctx: Ctx,
  { params }: InputOf<typeof get>,
): Promise<AnswerOf<typeof get>> {
  if (!hasMailbox(ctx)) throw notFound()
  const { rows } = await ctx.app.database.owner.query<MailRow>(`select * from mail where id = $1`, [
    params.id,
  ])
  const row = rows[0]
  if (!row) throw notFound()
  return { ...summary(row), html: row.html, text: row.text }
}

function summary(m: MailRow) {
  return {
    id: toPublicId('mail', m.id),
    kind: m.kind,
    from: m.from_name,
    to: m.to_email,
    subject: m.subject,
    state: m.state,
    createdAt: m.created_at,
  }
}
