import { sql, type RawBuilder } from 'kysely'
import { wordsIn } from '../sub-accounts/public.ts'

/** Clients whose name, site, city, sector or address holds every word typed, accents and case forgiven. */
export function matchingWords(q: string | undefined): RawBuilder<boolean> {
  const words = wordsIn(q).map(
    (word) => sql<boolean>`client.search_text like '%' || search_key(${word}) || '%'`,
  )
  return words.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(words, sql` and `)})`
}
