import type { AnswerOf } from '../../../contract/endpoint.ts'
import type { getCart } from '../contract.ts'

/** A cart as the API answers it. */
export type Cart = AnswerOf<typeof getCart>
/** One of its lines. */
export type CartLine = Cart['lines'][number]
