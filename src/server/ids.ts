import { randomBytes } from 'node:crypto'

/** The id of the operator's tenant and realm: no agency ever has it. */
export const operatorId = '00000000-0000-0000-0000-000000000000'

/**
 * A UUIDv7 (RFC 9562): time-ordered, so that keys append to their index.
 * The real clock is meant here: a moved clock must not make ids collide or run backwards.
 */
export function newId(): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
