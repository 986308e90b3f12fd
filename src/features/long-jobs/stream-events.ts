import type { InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
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
  const { agencyId, app } = ctx
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
      if (event.userIds && !event.userIds.includes(userId)) return
      out.write(`data: ${JSON.stringify({ kind: event.kind, id: event.id ?? null })}\n\n`)
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

function headers(
  all: Record<string, number | string | string[] | undefined>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, Array.isArray(v) ? v : String(v)]),
  )
}
