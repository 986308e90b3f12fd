import type { InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { AppEvent } from '../../server/events.ts'
import type { Realm } from '../../server/hosts.ts'
import type { Exchange } from '../../server/route.ts'
import type { streamEvents as contract } from './contract.ts'

const heartbeatMilliseconds = 15_000
/** Streams end by themselves, so that a dead session does not listen on: the page connects again and is asked who it is. */
const longestMilliseconds = 60_000

/** Opens the page's stream of events. The transaction ends at once; the stream goes on without one. */
export async function streamEvents(
  ctx: Ctx,
  _input: InputOf<typeof contract>,
  { request, reply }: Exchange,
): Promise<Record<string, never>> {
  const userId = ctx.actor?.userId ?? subjectOf(ctx).userId
  const { agencyId, app, realm } = ctx
  ctx.afterCommit(() => {
    reply.hijack()
    const out = reply.raw
    out.writeHead(200, {
      ...headers(reply.getHeaders()),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    out.write('retry: 2000\n\n')
    const stop = app.events.listen(agencyId, (event) => {
      const heard = heardIn(realm, userId, event)
      if (!heard) return
      out.write(`data: ${JSON.stringify({ kind: heard.kind, id: heard.id ?? null })}\n\n`)
      // A session of theirs ended, perhaps this one: the page connects again and is asked who it is.
      if (event.kind === 'session.ended') finish()
    })
    const heartbeat = setInterval(() => out.write(': still here\n\n'), heartbeatMilliseconds)
    const end = setTimeout(finish, longestMilliseconds)
    heartbeat.unref()
    end.unref()
    request.raw.on('close', finish)

    // Nothing is written after the end: that would be an error nobody catches.
    function finish(): void {
      clearInterval(heartbeat)
      clearTimeout(end)
      stop()
      out.end()
    }
  })
  return {}
}

/** The event as somebody on a host may hear of it: a hosted account's pages hear of that account alone. */
function heardIn(realm: Realm, userId: string, event: AppEvent): Pick<AppEvent, 'kind' | 'id'> | undefined {
  if (event.userIds && !event.userIds.includes(userId)) return undefined
  if (realm.kind !== 'hosted_account') return event.realmId === undefined ? event : undefined
  if (event.realmId === realm.realmId || event.userIds) return event
  // The agency's own event about it: its pages ask again how far it is open.
  return event.kind === 'hosted_accounts' && event.id === realm.realmId ? { kind: 'account' } : undefined
}

function headers(
  all: Record<string, number | string | string[] | undefined>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, Array.isArray(v) ? v : String(v)]),
  )
}
