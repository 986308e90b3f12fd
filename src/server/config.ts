import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'

const schema = z.object({
  DATABASE_URL: z.string().optional(),
  BASE_URL: z.url().optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  DATA_DIR: z.string().default('data'),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('ne-pas-repondre@localhost'),
  SECRET: z.string().min(32).optional(),
  SANDBOX: z.stringbool().optional(),
  OPERATOR_TOKEN: z.string().min(16).optional(),
  TRUST_PROXY: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  RATE_LIMIT: z.coerce.number().int().min(1).default(1200),
  STRIPE_SECRET_KEY: z.string().min(8).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_URL: z.url().optional(),
  POOL_SIZE: z.coerce.number().int().min(2).default(10),
  FETCH_ALLOWED: z.string().default(''),
})

/** Everything an installation can be told, read once; `.env.example` explains each setting. */
export type Config = {
  /** Undefined: the embedded server is started in `dataDir`. */
  databaseUrl: string | undefined
  /** Canonical address of the base host, without a trailing slash. Links are built from nothing else. */
  baseUrl: URL
  port: number
  host: string
  dataDir: string
  smtpUrl: string | undefined
  mailFrom: string
  /** 32 bytes or more that every derived key comes from. */
  secret: string
  operatorToken: string | undefined
  /** Sample data and a clock that can be moved; by default only where nobody else can come. */
  sandbox: boolean
  /** Addresses of proxies whose X-Forwarded-For counts; none by default. */
  trustProxy: string | undefined
  logLevel: string
  /** Requests a minute for one session or address. */
  rateLimit: number
  poolSize: number
  /** The account that cards are charged on; undefined: the sandbox's make-believe provider. */
  stripe: { secretKey: string; webhookSecrets: readonly string[]; apiUrl: URL | undefined } | undefined
  /** `host:port` pairs that pages may be read from though they are private; nothing else private ever is. */
  fetchAllowed: string[]
}

/** Reads the environment (the only place that does) and `.env` when there; refuses wrong settings by name. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  if (existsSync('.env') && env === process.env) process.loadEnvFile('.env')
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`Setting ${issue?.path.join('.')} is not usable: ${issue?.message}. See .env.example.`)
  }
  const s = parsed.data
  const dataDir = resolve(s.DATA_DIR)
  return {
    databaseUrl: s.DATABASE_URL,
    baseUrl: new URL(s.BASE_URL ?? `http://localhost:${s.PORT}`),
    port: s.PORT,
    host: s.HOST,
    dataDir,
    smtpUrl: s.SMTP_URL,
    mailFrom: s.MAIL_FROM,
    secret: s.SECRET ?? secretOf(dataDir),
    operatorToken: s.OPERATOR_TOKEN,
    sandbox: s.SANDBOX ?? new URL(s.BASE_URL ?? 'http://localhost').hostname === 'localhost',
    trustProxy: s.TRUST_PROXY,
    logLevel: s.LOG_LEVEL,
    rateLimit: s.RATE_LIMIT,
    poolSize: s.POOL_SIZE,
    stripe: stripeOf(s),
    fetchAllowed: s.FETCH_ALLOWED.split(',')
      .map((v) => v.trim())
      .filter((v) => v !== ''),
  }
}

function stripeOf(s: z.output<typeof schema>): Config['stripe'] {
  if (s.STRIPE_SECRET_KEY === undefined) return undefined
  return {
    secretKey: s.STRIPE_SECRET_KEY,
    webhookSecrets: (s.STRIPE_WEBHOOK_SECRET ?? '').split(',').filter((one) => one !== ''),
    apiUrl: s.STRIPE_API_URL === undefined ? undefined : new URL(s.STRIPE_API_URL),
  }
}

/** The installation's secret: made at the first start, kept in the data folder, readable by its owner only. */
function secretOf(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'secret')
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}

/** Whether the secret is the data folder's own, rather than the setting SECRET. */
export function hasOwnSecret(config: Config): boolean {
  const file = join(config.dataDir, 'secret')
  return existsSync(file) && readFileSync(file, 'utf8').trim() === config.secret
}

/** Replaces the data folder's secret (restore), keeping the former one beside it. */
export function replaceSecret(config: Config, secret: string): void {
  if (secret === config.secret) return
  const file = join(config.dataDir, 'secret')
  writeFileSync(`${file}.new`, secret, { mode: 0o600, flush: true })
  renameSync(file, `${file}.before-restore`)
  renameSync(`${file}.new`, file)
}

/** Superuser URL of the server that tests make their databases on. */
export function testDatabaseUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined)
    throw new Error('TEST_DATABASE_URL is not set: run tests with `npm test` or `npm run test:one -- FILE`.')
  return url
}
