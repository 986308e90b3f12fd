import { emailKey } from '../../contract/common.ts'
import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { queueMail } from '../../server/mail.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import { invalid } from '../../server/refusal.ts'
import {
  addressChangeAskedMail,
  addressTakenMail,
  findUserByLogin,
  mailLocale,
  newAddressMail,
  proveOwnPassword,
} from '../sign-in/public.ts'
import type { requestEmailChange as contract } from './contract.ts'
import { limitMails } from '../../server/limit-mails.ts'

/**
 * Asks for another address. It replaces the one in use when the link mailed to it is opened, within 24 hours.
 * An address that has its own user here gets another mail instead: the page must not tell who is known.
 */
export async function requestEmailChange(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<Record<string, never>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  if (emailKey(body.email) === user.email_key) throw invalid({ email: 'profile.email.same' })
  await ctx.apart(async (inner) => {
    await limitMails(inner, user.id, 'email_change')
    await revokeTokens(inner, user.id, 'email_change')
    const locale = mailLocale(inner, user)
    const holder = await findUserByLogin(inner, body.email)
    const token = await issueToken(inner, {
      purpose: 'email_change',
      userId: user.id,
      payload: { email: body.email },
      lifetime: { hours: 24 },
    })
    await queueMail(
      inner,
      holder
        ? {
            kind: 'sign_in.address_taken',
            to: { email: holder.email, name: holder.name, userId: holder.id },
            locale: mailLocale(inner, holder),
            body: addressTakenMail(inner, holder),
          }
        : {
            kind: 'sign_in.new_address',
            to: { email: body.email, name: user.name, userId: user.id },
            locale,
            body: newAddressMail(inner, user, token),
          },
    )
    await queueMail(inner, {
      kind: 'sign_in.address_change_asked',
      to: { email: user.email, name: user.name, userId: user.id },
      locale,
      body: addressChangeAskedMail(inner, user, body.email),
    })
    inner.audit({
      action: 'user.email_change_asked',
      memberId: user.member_id,
      entity: { kind: 'user', id: user.id, name: user.name },
    })
  })
  return {}
}
