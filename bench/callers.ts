import { toPublicId } from '../src/contract/ids.ts'
import { newId } from '../src/server/ids.ts'
import { hashToken } from '../src/server/keys.ts'
import { onServer, type Cluster } from './databases.ts'
import { SeededRandom } from './seed-random.ts'
import { slugOf } from './seed-agency.ts'

/** Somebody signed in: where, as whom, and what it asks for. */
export type Caller = {
  agencyId: string
  host: string
  token: string
  email: string
  /** Some clients of its agency that it sees, as the API names them. */
  clients: string[]
}

/**
 * Opens a session of the same member (by place) in each of the given agencies (by place). The sight of a
 * caller is asked of its own assignments, so that "a client it sees" holds whatever the rules become.
 */
export async function signInCallers(
  cluster: Cluster,
  database: string,
  port: number,
  given: { agencies: readonly number[]; member: number },
): Promise<Caller[]> {
  return onServer(
    cluster,
    async (c) => {
      const callers: Caller[] = []
      for (const place of given.agencies) {
        const slug = slugOf(place)
        const host = `${slug}.localhost:${port}`
        const token = `bench-${place}-${given.member}-${port}`.padEnd(43, '0')
        const { rows } = await c.query<{
          agency_id: string
          user_id: string
          member_id: string
          email: string
        }>(
          `select u.agency_id, u.id as user_id, m.id as member_id, u.email from host_name h join realm_user u on u.agency_id = h.agency_id
           join member m on m.agency_id = u.agency_id and m.user_id = u.id where h.name = $1 and u.email = $2`,
          [slug, `membre-${given.member}@exemple.fr`],
        )
        const who = rows[0]!
        await c.query(
          `delete from session where agency_id = $1 and (token_hash = $2 or expires_at < now())`,
          [who.agency_id, hashToken(token)],
        )
        await c.query(
          `insert into session (agency_id, id, user_id, realm_id, host, token_hash, created_at, last_seen_at, idle_seconds, expires_at, method)
           values ($1, $2, $3, $1, $4, $5, now(), now(), 43200, now() + interval '1 day', 'password')`,
          [who.agency_id, newId(), who.user_id, host, hashToken(token)],
        )
        const seen = await c.query<{ id: string }>(
          `select a.client_id as id from member_closure k join assignment a on a.agency_id = k.agency_id and a.member_id = k.descendant_id
           where k.agency_id = $1 and k.ancestor_id = $2 order by a.client_id limit 200`,
          [who.agency_id, who.member_id],
        )
        callers.push({
          agencyId: who.agency_id,
          host,
          token,
          email: who.email,
          clients: seen.rows.map((r) => toPublicId('client', r.id)),
        })
      }
      return callers
    },
    database,
  )
}

/** Places of `count` ordinary agencies, spread over all of a database that has `agencies`. */
export function ordinaryAgencies(agencies: number, count: number): number[] {
  const random = new SeededRandom(77)
  const places = new Set<number>()
  while (places.size < Math.min(count, agencies - 2)) places.add(2 + random.below(agencies - 2))
  return [...places]
}
