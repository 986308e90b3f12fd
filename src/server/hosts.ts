import type pg from 'pg'
import type { Config } from './config.ts'
import type { RealmKind } from '../contract/endpoint.ts'
import { operatorId } from './ids.ts'

/** Where a request is: decided by its host alone, before anything else. */
export type Realm = {
  kind: RealmKind
  agencyId: string
  realmId: string
  /** Canonical host (with port) that links to this realm carry. */
  host: string
}

/** The base host's realm: the operator's. */
export function baseRealm(config: Config): Realm {
  return { kind: 'operator', agencyId: operatorId, realmId: operatorId, host: config.baseUrl.host }
}

/** Canonical host of a slug below the base host. */
export function hostOfSlug(config: Config, slug: string): string {
  return `${slug}.${config.baseUrl.host}`
}

/** Canonical address of a path on a realm's host: the only way links are made, whatever Host a request claims. */
export function linkTo(config: Config, realm: Realm, path: string): string {
  return new URL(path, `${config.baseUrl.protocol}//${realm.host}`).href
}

const cacheMilliseconds = 5_000
const cacheEntries = 10_000

/**
 * Resolves Host headers to realms. Answers are kept for 5 s a process: addresses change hardly ever, and
 * nothing that grants access is in them (sessions, states and rights are read on every request).
 */
export class HostTable {
  readonly #pool: pg.Pool
  readonly #config: Config
  readonly #cache = new Map<string, { realm: Realm | undefined; until: number }>()
  constructor(pool: pg.Pool, config: Config) {
    this.#pool = pool
    this.#config = config
  }

  /** The realm of a Host header, or undefined: 421. The port is the listener's business, not the name's. */
  async resolve(header: string | undefined): Promise<Realm | undefined> {
    const name = hostNameOf(header)
    if (name === undefined) return undefined
    const base = this.#config.baseUrl.hostname
    if (name === base) return baseRealm(this.#config)
    const suffix = `.${base}`
    const key = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
    const isSlug = key !== name
    if (isSlug && key.includes('.')) return undefined
    const hit = this.#cache.get(name)
    if (hit && hit.until > performance.now()) return hit.realm
    const realm = await this.#look(key, isSlug)
    if (this.#cache.size >= cacheEntries) this.#cache.clear()
    // Unknown names are not kept: a fresh sign-up must answer at once on every process.
    if (realm) this.#cache.set(name, { realm, until: performance.now() + cacheMilliseconds })
    return realm
  }

  async #look(key: string, isSlug: boolean): Promise<Realm | undefined> {
    const { rows } = await this.#pool.query<{ agency_id: string; realm_id: string; realm_kind: RealmKind }>({
      name: 'resolve_host',
      text: `select agency_id, realm_id, realm_kind from host_name where name = $1 and kind = $2 and verified_at is not null`,
      values: [key, isSlug ? 'slug' : 'domain'],
    })
    const row = rows[0]
    if (!row) return undefined
    const host = isSlug ? hostOfSlug(this.#config, key) : key
    return { kind: row.realm_kind, agencyId: row.agency_id, realmId: row.realm_id, host }
  }
}

/** The lower-case name in a Host header, or undefined when it is not a plain name with an optional port. */
export function hostNameOf(header: string | undefined): string | undefined {
  const match = header?.toLowerCase().match(/^([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::\d{1,5})?$/)
  return match?.[1]
}
