import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** What a derived key is for: one key a purpose, so that none can stand in for another. */
export type KeyPurpose =
  | 'email-directory'
  | 'sign-in-guard'
  | 'recovery-code'
  | 'encrypt'
  | 'app-role'
  | 'cursor'
  | 'idempotency'

const derived = new Map<string, Buffer>()

/** 32 bytes derived from the installation's secret by HKDF-SHA-256. */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  const name = `${purpose}:${secret}`
  let key = derived.get(name)
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', secret, 'canopee', purpose, 32))
    derived.set(name, key)
  }
  return key
}

/** HMAC-SHA-256 of a text under a purpose's key. */
export function keyedHash(secret: string, purpose: KeyPurpose, text: string): Buffer {
  return createHmac('sha256', deriveKey(secret, purpose)).update(text).digest()
}

/** A 256-bit random token, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256: how tokens are stored. Enough, since they carry 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** AES-256-GCM, base64url of nonce, tag and ciphertext. */
export function encrypt(secret: string, plain: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, 'encrypt'), nonce)
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

/** The text behind `encrypt`; throws when it was altered. */
export function decrypt(secret: string, sealed: string): string {
  const raw = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, 'encrypt'), raw.subarray(0, 12))
  decipher.setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
}

/** Compares two secrets in constant time. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
