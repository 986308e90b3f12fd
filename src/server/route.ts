import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnswerOf, Endpoint, InputOf } from '../contract/endpoint.ts'
import type { Ctx } from './context.ts'

/** The raw exchange, for uploads and streams only. */
export type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** An endpoint and the use case that serves it. */
export type Route = {
  endpoint: Endpoint
  run(ctx: Ctx, input: never, exchange: Exchange): Promise<unknown>
  /** Runs without a transaction held open (password hashing, uploads): the use case opens its own by `ctx.apart`. */
  detached?: boolean
  /** Only reads (`Known.readOnly`): for what is asked all the time. */
  readOnly?: boolean
}

/** One line per endpoint: contract → use case. The use case gets the context and the parsed input. */
export function route<E extends Endpoint>(
  endpoint: E,
  run: (ctx: Ctx, input: InputOf<E>, exchange: Exchange) => Promise<AnswerOf<E>>,
  options: { detached?: boolean; readOnly?: boolean } = {},
): Route {
  return { endpoint, run: run as Route['run'], ...options }
}
