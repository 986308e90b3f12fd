import { lookup as dnsLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'

/**
 * Reads pages whose address somebody typed, without ever reaching anything but the public internet: every
 * address is judged as a literal, and again at connect, where the very address that was judged is connected to
 * (a name that answers differently the second time gains nothing). Redirects are followed by hand, each judged
 * anew. Time and size are bounded.
 */
export type SafeAnswer = {
  status: number
  /** Address the answer came from, after redirects. */
  url: string
  contentType: string | null
  /** At most `maxBytes`; the rest was not read. */
  body: Buffer
  /** The page was longer. */
  cut: boolean
}

export type SafeOptions = {
  /** Milliseconds for all of it, redirects included; 10,000 when absent. */
  timeoutMs?: number
  /** Bytes of body kept; 1 MiB when absent. */
  maxBytes?: number
  /** Redirects followed; none when absent, and a redirect is then the answer. */
  maxRedirects?: number
  headers?: Record<string, string>
  /** `host:port` pairs of the installation that may be reached though they are private. */
  allowed?: readonly string[]
  /** Resolves names; the system's own when absent (tests of rebinding). */
  resolve?: typeof dnsLookup
}

/** Why nothing was read: the address is not of the public internet, or nobody answered. */
export class UnsafeAddress extends Error {}
export class Unreachable extends Error {}

const special = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(net, prefix, 'ipv4')
// Within the one block of public IPv6 (2000::/3): what leads elsewhere or nowhere (RFC 6890 and its updates).
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const)
  special.addSubnet(net, prefix, 'ipv6')
const publicV6 = new BlockList()
publicV6.addSubnet('2000::', 3, 'ipv6')

/** Whether an address is one of the public internet. Mapped, translated and tunnelled forms are not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4')
  const bare = address.replace(/%.*$/, '')
  return isIP(bare) === 6 && publicV6.check(bare, 'ipv6') && !special.check(bare, 'ipv6')
}

/**
 * The address as it may be fetched: http or https, its own port only, no user or password, a name with a dot
 * that is no name of a private network, or a public literal. Throws UnsafeAddress otherwise.
 */
export function safeUrl(text: string, allowed: readonly string[] = []): URL {
  if (!URL.canParse(text)) throw new UnsafeAddress('not an address')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new UnsafeAddress(`scheme ${url.protocol}`)
  if (url.username !== '' || url.password !== '') throw new UnsafeAddress('credentials in the address')
  if (isAllowed(url, allowed)) return url
  if (url.port !== '') throw new UnsafeAddress(`port ${url.port}`)
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(host) !== 0) {
    if (!isPublicAddress(host)) throw new UnsafeAddress('a private address')
    return url
  }
  if (
    !host.includes('.') ||
    /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|invalid|onion)$/i.test(host)
  )
    throw new UnsafeAddress('a name of a private network')
  return url
}

function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return allowed.includes(`${url.hostname}:${port}`)
}

/** GETs a page. Throws UnsafeAddress (no connection was made) or Unreachable (with the reason). */
export async function safeFetch(text: string, options: SafeOptions = {}): Promise<SafeAnswer> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 10_000)
  let url = safeUrl(text, options.allowed)
  for (let redirects = 0; ; redirects++) {
    const answer = await getOnce(url, options, deadline)
    const { location } = answer
    if (location === undefined || redirects >= (options.maxRedirects ?? 0)) return answer.answer
    if (!URL.canParse(location, url)) throw new Unreachable('a redirect to no address')
    url = safeUrl(new URL(location, url).href, options.allowed)
  }
}

type Once = { answer: SafeAnswer; location: string | undefined }

function getOnce(url: URL, options: SafeOptions, signal: AbortSignal): Promise<Once> {
  const free = isAllowed(url, options.allowed ?? [])
  return new Promise<Once>((resolve, reject) => {
    const fail = (error: Error) =>
      reject(error instanceof UnsafeAddress ? error : new Unreachable(error.message, { cause: error }))
    let answered = false
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      {
        method: 'GET',
        // A connection of its own: a kept one might lead to where its name pointed before.
        agent: false,
        signal,
        headers: {
          'user-agent': 'Canopee/1.0 (proof check)',
          accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
          'accept-encoding': 'identity',
          ...options.headers,
        },
        lookup: free ? undefined : judgedLookup(options.resolve ?? dnsLookup),
      },
      (response) => {
        answered = true
        readBody(response, options.maxBytes ?? 1024 * 1024).then(({ body, cut }) => {
          resolve({
            answer: {
              status: response.statusCode ?? 0,
              url: url.href,
              contentType: response.headers['content-type'] ?? null,
              body,
              cut,
            },
            location: [301, 302, 303, 307, 308].includes(response.statusCode ?? 0)
              ? response.headers.location
              : undefined,
          })
        }, fail)
      },
    )
    request.on('error', fail)
    // Asked to change protocols, Node lets the connection go and says neither "response" nor "error".
    request.on('close', () => {
      if (!answered) fail(new Error('no answer'))
    })
    // The lookup of a literal is skipped by the socket; it was judged as a literal, and is judged here again.
    request.on('socket', (socket) =>
      socket.on('connect', () => {
        if (!free && !isPublicAddress(socket.remoteAddress ?? ''))
          request.destroy(new UnsafeAddress('a private address'))
      }),
    )
    request.end()
  })
}

/** Resolves a name and gives only public addresses: with one private among them, none. */
function judgedLookup(resolve: typeof dnsLookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { family: options.family ?? 0, hints: options.hints ?? 0, all: true }, (error, found) => {
      if (error) return done(error, '')
      const addresses = found as unknown as { address: string; family: number }[]
      if (addresses.length === 0 || !addresses.every((a) => isPublicAddress(a.address)))
        return done(new UnsafeAddress('a name that leads to a private address'), '')
      if (options.all) done(null, addresses)
      else done(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
): Promise<{ body: Buffer; cut: boolean }> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part.subarray(0, maxBytes - size))
    size += part.length
    if (size >= maxBytes) {
      response.destroy()
      return { body: Buffer.concat(parts), cut: size > maxBytes }
    }
  }
  return { body: Buffer.concat(parts), cut: false }
}
