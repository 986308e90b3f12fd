import { channel } from 'node:diagnostics_channel'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../../server/refusal.ts'

// OWASP's first choice: argon2id (the library's default), 19 MiB, 2 passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Random bytes in the shape of a hash of the same cost: no password gives them.
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$Y3UIbImOcze8TCRUgpHCAA$f/pkvIowUBW/8O/CQAwD1sv5QvZhkWWmVqE1ZABem2Y'

/** Told of every argon2 computation, so that a test or a gauge can count them: `subscribe('canopee:password-hash', …)`. */
export const passwordHashChannel = channel('canopee:password-hash')

// A computation takes a core for some 40 ms. A burst waits here, holding nothing, instead of starving the rest.
const atOnce = 3
const longestQueue = 300
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= longestQueue) throw new Refusal(503, 'server.unavailable', { retryAfter: 5 })
    await new Promise<void>((go) => waiting.push(go))
  } else running += 1
  try {
    passwordHashChannel.publish({})
    return await work()
  } finally {
    const next = waiting.shift()
    // The place is handed on, so that `running` never passes the limit.
    if (next) next()
    else running -= 1
  }
}

/** The password as it is stored: argon2id with its salt and cost. Some 40 ms; 503 when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalised(password), cost))
}

/**
 * Whether the password is the one behind the hash. Without a hash (unknown login, no password set) the same
 * time is spent on a hash nobody knows the password of, and the answer is no.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const right = await inTurn(() => verify(stored ?? decoy, normalised(password)))
  return right && stored != null
}

/** One written form whatever the keyboard composed: "é" typed on a Mac and on a phone is one password. */
function normalised(password: string): string {
  return password.normalize('NFKC')
}
