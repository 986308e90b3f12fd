import { emailKey, type Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { queueMail } from '../../server/mail.ts'
import { within } from '../../server/within.ts'
import { agencyListMail } from './emails.ts'
import { directoryHash } from './new-agency.ts'

/** Minutes between two lists to the same address: a form anybody can fill must not flood a stranger. */
const minutesBetween = 5
const mailKind = 'agencies.list' as const
const mostAgencies = 50

/**
 * Mails the list, to the address as its holder gave it when signing up and never as typed here: two addresses
 * that compare alike may be two mailboxes. Nothing is sent to an address that no agency knows.
 */
export async function mailAgencyList(ctx: Ctx, email: string, locale: Locale): Promise<void> {
  const hash = directoryHash(ctx, email)
  const known = await ctx.db
    .selectFrom('email_directory')
    .select('agency_id')
    .where('email_hash', '=', hash)
    .orderBy('agency_id')
    .limit(mostAgencies)
    .execute()
  const agencies: { name: string; address: string; email: string }[] = []
  for (const { agency_id } of known) {
    const found = await within(ctx, agency_id, (inner) => agencyOfAddress(inner, email))
    if (found) agencies.push(found)
  }
  const to = agencies[0]?.email
  if (to === undefined || (await sentLately(ctx, to))) return
  await queueMail(ctx, {
    kind: mailKind,
    to: { email: to },
    locale,
    body: agencyListMail(ctx.app.texts, locale, agencies),
  })
}

async function agencyOfAddress(
  ctx: Ctx,
  email: string,
): Promise<{ name: string; address: string; email: string } | undefined> {
  const [user] = await ctx.tx.query<{ email: string }>(
    'find_agency_user',
    `select u.email from realm_user u
     join member m on m.agency_id = u.agency_id and m.user_id = u.id and m.state = 'active'
     join agency a on a.agency_id = u.agency_id and a.state = 'active'
     where u.agency_id = $1 and u.realm_id = $1 and u.email_key = $2 and u.state = 'active'`,
    [ctx.agencyId, emailKey(email)],
  )
  if (!user || !ctx.agency) return undefined
  return { name: ctx.agency.name, address: linkTo(ctx.app.config, ctx.realm, '/'), email: user.email }
}

async function sentLately(ctx: Ctx, email: string): Promise<boolean> {
  const since = ctx.now.subtract({ minutes: minutesBetween }).toString()
  const last = await ctx.db
    .selectFrom('mail')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('kind', '=', mailKind)
    .where('to_email', '=', email)
    .where('created_at', '>', since)
    .executeTakeFirst()
  return last !== undefined
}
