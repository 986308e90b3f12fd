import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { toPublicId } from '../../contract/ids.ts'
import { queueMail } from '../../server/mail.ts'
import { notifyUsers } from '../notifications/public.ts'

/** What happened to a request. */
export type SupportNews = 'answered' | 'granted' | 'refused' | 'closed'

type Owner = { user_id: string; email: string; name: string; locale: Locale | null }

/** Tells every active owner of the transaction's agency, in the product and by mail, in their language. */
export async function tellOwners(
  ctx: Ctx,
  request: { id: string; title: string },
  news: SupportNews,
  message: string | undefined,
): Promise<void> {
  const owners = await ctx.tx.query<Owner>(
    'owners_to_tell',
    `select u.id as user_id, u.email, u.name, u.locale from member m
     join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     where m.agency_id = $1 and m.role = 'owner' and m.state = 'active'`,
    [ctx.agencyId],
  )
  const link = `/demandes/${toPublicId('supportRequest', request.id)}`
  await notifyUsers(
    ctx,
    owners.map((o) => o.user_id),
    { kind: `support_${news}`, values: { title: request.title }, link },
  )
  for (const owner of owners) {
    const locale = owner.locale ?? ctx.agency?.locale ?? 'fr'
    const t = (key: string) => ctx.app.texts.t(locale, key, { title: request.title, name: owner.name })
    await queueMail(ctx, {
      kind: `support_requests.${news}`,
      to: { email: owner.email, name: owner.name, userId: owner.user_id },
      locale,
      body: {
        subject: t(`support_requests.mail.${news}.subject`),
        title: t(`support_requests.mail.${news}.subject`),
        paragraphs: [t(`support_requests.mail.${news}.text`), ...(message ? message.split(/\n{2,}/) : [])],
        button: { label: t('support_requests.mail.open'), url: linkTo(ctx.app.config, ctx.realm, link) },
      },
    })
  }
  ctx.publish({ agencyId: ctx.agencyId, kind: 'support_requests' })
}
