import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { changeOrder } from '../orders/public.ts'
import type * as contract from './contract.ts'
import { inAgency } from './in-agency.ts'

/** Accepts or starts orders, each in its own tenant and transaction; what is past that is named. */
export async function advanceOrders(
  ctx: Ctx,
  { body }: InputOf<typeof contract.advanceOrders>,
): Promise<AnswerOf<typeof contract.advanceOrders>> {
  const event = body.to === 'accepted' ? 'accept' : 'start'
  const refused: string[] = []
  let done = 0
  for (const address of body.orders) {
    try {
      await inAgency(
        ctx,
        address,
        body.to === 'accepted' ? 'order.accepted' : 'order.started',
        (inner, order) => changeOrder(inner, order, { event }),
      )
      done++
    } catch (error) {
      if (!(error instanceof Refusal) || (error.code !== 'order.state' && error.status !== 404)) throw error
      refused.push(toPublicId('order', address.id))
    }
  }
  return { done, refused }
}
