import { onServer, type Cluster } from './databases.ts'
import { SeededRandom } from './seed-random.ts'

/**
 * What people type for 40 clients of an agency, picked by a seed: a name's own word without its accents, half
 * of them with a letter missing, a quarter cut short, a quarter with the town behind it.
 */
export async function makeTerms(cluster: Cluster, database: string, agencyId: string): Promise<string[]> {
  const { rows } = await onServer(
    cluster,
    (c) =>
      c.query<{ name: string; city: string }>(
        'select name, city from client where agency_id = $1 order by id limit 20000',
        [agencyId],
      ),
    database,
  )
  const random = new SeededRandom(4711)
  return Array.from({ length: 40 }, (_, i) => {
    const { name, city } = random.pick(rows)
    const word = plain(name.split(' ').at(-1)!)
    const at = 2 + random.below(word.length - 4)
    const typed = i % 2 === 0 ? word.slice(0, at) + word.slice(at + 1) : word
    if (i % 4 === 1) return typed.slice(0, 6)
    return i % 4 === 3 ? `${typed} ${plain(city)}` : typed
  })
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
