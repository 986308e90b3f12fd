import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { clientAnswer, readOneClient } from './client-facts.ts'
import type { explainAccess as contract } from './contract.ts'
import { readKnownMembers } from './known-members.ts'
import { namedAnswer, pathAnswer, readSightPaths } from './sight-paths.ts'
import { readUnseeing } from './unseeing.ts'
import { whyNot } from './why-not.ts'

/** Why a member sees a client, or why not. 404 when the asker does not see the client, or may not know the member. */
export async function explainAccess(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const client = await readOneClient(ctx, params.id)
  const paths = await readSightPaths(ctx, [client.id], [params.memberId])
  const vias = paths.flatMap((p) => p.via_id ?? [])
  const known = (await readKnownMembers(ctx, [client.id], [params.memberId, ...vias])).filter(
    (m) => m.nameable,
  )
  const names = new Map(known.map((m) => [m.id, m]))
  const member = names.get(params.memberId)
  if (!member) throw notFound()
  const unseeing = await readUnseeing(ctx, [member.id], client)
  return {
    client: clientAnswer(client),
    visible: paths.length > 0,
    member: namedAnswer(member),
    paths: paths.map((p) => pathAnswer(p, names)),
    whyNot:
      paths.length > 0
        ? []
        : whyNot(client, unseeing.get(member.id) ?? { seesUnassigned: false, belowHome: false }),
  }
}
