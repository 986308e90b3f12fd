import nodemailer, { type Transporter } from 'nodemailer'
import { z } from 'zod'
import type { App, Ctx } from './context.ts'
import type { Locale } from '../contract/common.ts'
import { job } from './jobs.ts'
import { isNotice, type MailKind } from './mail-kinds.ts'
import { newId } from './ids.ts'
import { renderMail, type MailBody } from './mail-layout.ts'

/**
 * A mail to one person, in the agency's name and brand. `kind` says which mail it is, and by its class whom it
 * may go to (mail-kinds.ts); `about` names the hosted accounts a notice is about.
 */
export type MailInput = {
  kind: MailKind
  about?: { hostedAccountIds: readonly string[] }
  to: { email: string; name?: string | null; userId?: string | null }
  locale: Locale
  body: MailBody
}

/**
 * Writes a mail into the outbox, in the caller's transaction; a job sends it once that commits. The one guard of
 * what clients are told: a notice to somebody who must not get it is kept as `withheld` and never sent.
 */
export async function queueMail(ctx: Ctx, mail: MailInput): Promise<void> {
  const withheld = isNotice(mail.kind) && !(await ctx.app.mayBeTold(ctx, mail))
  const brand = { name: ctx.agency?.name ?? 'Canopée', color: ctx.agency?.brandColor ?? '#12694f' }
  const { html, text } = await renderMail(mail.body, mail.locale, brand)
  const id = newId()
  await ctx.db
    .insertInto('mail')
    .values({
      agency_id: ctx.agencyId,
      id,
      kind: mail.kind,
      to_email: mail.to.email,
      to_name: mail.to.name ?? null,
      user_id: mail.to.userId ?? null,
      from_name: brand.name,
      reply_to: ctx.agency?.supportEmail ?? null,
      locale: mail.locale,
      subject: mail.body.subject,
      html,
      text,
      state: withheld ? 'withheld' : 'queued',
      created_at: ctx.nowIso,
    })
    .execute()
  if (!withheld) await ctx.enqueue(sendMail, { id })
}

let transport: { url: string; transporter: Transporter } | undefined

function transporterOf(url: string): Transporter {
  if (transport?.url !== url)
    transport = {
      url,
      transporter: nodemailer.createTransport(url, {
        disableFileAccess: true,
        disableUrlAccess: true,
      } as never),
    }
  return transport.transporter
}

/** Sends one mail of the outbox. Without SMTP_URL it goes to the development mailbox, which reads the outbox. */
export const sendMail = job({
  name: 'mail.send',
  payload: z.object({ id: z.string() }),
  async runApart(app: App, agencyId: string, { id }) {
    const { runInTenant } = await import('./run-in-tenant.ts')
    const mail = await runInTenant(app, { agencyId }, (ctx) =>
      ctx.db
        .selectFrom('mail')
        .selectAll()
        .where('agency_id', '=', agencyId)
        .where('id', '=', id)
        .where('state', '=', 'queued')
        .executeTakeFirst(),
    )
    if (!mail) return
    // The message id comes from the row: a second try after a crash is recognisable as the same mail.
    const messageId = `<${mail.id}@${app.config.baseUrl.hostname}>`
    try {
      if (app.config.smtpUrl !== undefined)
        await transporterOf(app.config.smtpUrl).sendMail({
          messageId,
          from: { name: mail.from_name, address: app.config.mailFrom },
          ...(mail.reply_to !== null && { replyTo: mail.reply_to }),
          to: { name: mail.to_name ?? '', address: mail.to_email },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
        })
    } catch (error) {
      await runInTenant(app, { agencyId }, async (ctx) => {
        await ctx.db
          .updateTable('mail')
          .set((eb) => ({
            attempts: eb('attempts', '+', 1),
            last_error: String((error as Error).message).slice(0, 500),
          }))
          .where('agency_id', '=', agencyId)
          .where('id', '=', id)
          .execute()
      })
      // The server's own words may name the recipient: they stay in the row, out of the log.
      throw new Error(`mail ${id} was not taken (${String((error as { code?: unknown }).code ?? 'no code')})`)
    }
    await runInTenant(app, { agencyId }, async (ctx) => {
      await ctx.db
        .updateTable('mail')
        .set((eb) => ({
          state: 'sent',
          sent_at: ctx.nowIso,
          message_id: messageId,
          attempts: eb('attempts', '+', 1),
          last_error: null,
        }))
        .where('agency_id', '=', agencyId)
        .where('id', '=', id)
        .execute()
    })
  },
})
