import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { onceIfAsked } from '../../server/idempotency.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { actAs, within } from '../../server/within.ts'
import { checkNewPassword, hashPassword } from '../passwords/public.ts'
import { sendEmailConfirmation } from '../sign-in/public.ts'
import { makeCrossing } from './crossing.ts'
import { insertAgency, insertOwner } from './new-agency.ts'
import { freeSlug, slugProblem } from './slugs.ts'
import type { signUpAgency as contract } from './contract.ts'

type SignUp = InputOf<typeof contract>
type Answer = AnswerOf<typeof contract>

/**
 * Creates an agency, its address and its first owner in one transaction, mails the confirmation of the address
 * and leads to the agency's host signed in (A1). Realms share no user, so there is nothing to say about where
 * else the e-mail is known. The owner works at once; confirming the address can wait.
 * Detached: no connection is held while the password is hashed.
 */
export async function signUpAgency(ctx: Ctx, input: SignUp, { request }: Exchange): Promise<Answer> {
  const { body } = input
  checkNewPassword(body.password, { email: body.email, name: body.ownerName, agencyName: body.name })
  const passwordHash = await hashPassword(body.password)
  return ctx.apart((tx) =>
    onceIfAsked(tx, request, 'signUpAgency', input, () => createAgency(tx, body, passwordHash)),
  )
}

async function createAgency(ctx: Ctx, body: SignUp['body'], passwordHash: string): Promise<Answer> {
  const problem = await slugProblem(ctx, body.slug)
  if (problem) throw await slugRefusal(ctx, body.slug, problem)
  return within(ctx, newId(), async (inner) => {
    if (!(await insertAgency(inner, { ...body, createdAt: ctx.nowIso })))
      throw await slugRefusal(ctx, body.slug, 'agencies.slug_taken')
    const { userId, memberId } = await insertOwner(inner, {
      name: body.ownerName,
      email: body.email,
      locale: body.locale,
      passwordHash,
    })
    actAs(inner, { userId, name: body.ownerName, email: body.email, memberId, role: 'owner' })
    await sendEmailConfirmation(inner, {
      id: userId,
      name: body.ownerName,
      email: body.email,
      locale: body.locale,
    })
    inner.audit({
      action: 'agency.created',
      entity: { kind: 'agency', id: inner.agencyId, name: body.name },
      data: { kind: body.kind },
    })
    return makeCrossing(inner, userId, 'sign_up')
  })
}

async function slugRefusal(ctx: Ctx, slug: string, code: string): Promise<Refusal> {
  return new Refusal(422, 'input.invalid', {
    fields: { slug: code },
    data: { suggestion: await freeSlug(ctx, slug) },
  })
}
