import type { z } from 'zod'
import type { Right } from './rights.ts'

/** Realm kinds: the host decides which one a request is in before anything else (domain.md, "Places"). */
export type RealmKind = 'operator' | 'agency' | 'hosted_account'

/** Who may call an endpoint: anybody on the host, any signed-in user, or users whose role holds a right. */
export type May = 'anyone' | 'signedIn' | Right

/** Every refusal an endpoint may answer besides the kernel's own (401, 404, 422 per field, 429, 500). */
export type RefusalCode = `${string}.${string}`

type Shape = z.ZodType | undefined

/**
 * One HTTP operation: what a page calls, what a key calls, what the OpenAPI document shows.
 * Unknown body fields are refused (422); declare bodies with `z.strictObject`.
 */
export type Endpoint<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Answer extends z.ZodType = z.ZodType,
> = {
  /** The verb that names contract, route, use case and call alike, e.g. `inviteSubAccount`. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below `/api/v1`, with `:params`. */
  path: string
  /** One plain English sentence for the API reference. */
  summary: string
  /** Realms that serve it; elsewhere it does not exist (404). */
  realms: RealmKind[]
  may: May
  params?: Params
  query?: Query
  body?: Body
  answer: Answer
  /** Success status; 200 when absent. */
  status?: 200 | 201 | 202 | 204
  /** Codes of the refusals it declares; each is a text key `refusal.<code>` in every language. */
  refusals?: RefusalCode[]
  /** Each call costs much or mails somebody: an address may make only a few a minute. */
  dear?: boolean
  /** Refused with 403 `acting.forbidden` while acting as somebody else (credentials, keys, payouts). */
  refusedWhileActing?: boolean
  /** Writes that a read-only look ("Voir comme") may still make, e.g. leaving it. */
  allowedWhenReadOnly?: boolean
  /** Means of sign-in and preferences of the person: allowed in a hosted account that is read-only. */
  ofThePerson?: boolean
  /** `required` where money moves (api.md, "Writes"). Every POST accepts `Idempotency-Key`. */
  idempotencyKey?: 'required'
  /** The body is a file streamed by the handler (`multipart/form-data`); `body` then stays undefined. */
  upload?: { maxBytes: number }
  /** The answer is a stream (export, SSE): the handler writes the reply itself. */
  streams?: string
  /** A worked example for the reference. */
  example?: { query?: unknown; body?: unknown; answer: unknown }
}

/** Declares an endpoint, keeping the exact types of its parts. */
export function endpoint<
  Answer extends z.ZodType,
  Params extends Shape = undefined,
  Query extends Shape = undefined,
  Body extends Shape = undefined,
>(e: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return e
}

type Out<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined
type In<S extends Shape> = S extends z.ZodType ? z.input<S> : undefined

/** Parsed input a use case receives. */
export type InputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? { params: Out<P>; query: Out<Q>; body: Out<B> }
    : never

/** What a caller passes: only the parts the endpoint declares. */
export type CallOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? (P extends z.ZodType ? { params: In<P> } : { params?: undefined }) &
        (Q extends z.ZodType ? { query?: In<Q> } : { query?: undefined }) &
        (B extends z.ZodType ? { body: In<B> } : { body?: undefined })
    : never

/** What an endpoint answers, once parsed. */
export type AnswerOf<E> = E extends Endpoint<Shape, Shape, Shape, infer A> ? z.output<A> : never
