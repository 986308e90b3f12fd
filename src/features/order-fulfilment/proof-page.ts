import { UnsafeAddress, Unreachable, safeFetch, type SafeAnswer } from '../../server/safe-fetch.ts'

/** What a visit to a proof found. */
export type ProofFinding = {
  state: 'found' | 'link_missing' | 'not_found' | 'unreachable' | 'refused'
  status: number | null
  title: string | null
  /** The page links to the target; null when the line has none. */
  link: boolean | null
  rel: string | null
}

const nothing = { status: null, title: null, link: null, rel: null }

/** Visits a proof: does the page answer, what is it called, does it link to the target. Never throws. */
export async function visitProof(
  proofUrl: string,
  target: string | null,
  allowed: readonly string[],
): Promise<ProofFinding> {
  try {
    const answer = await safeFetch(proofUrl, {
      allowed,
      maxRedirects: 3,
      timeoutMs: 15_000,
      maxBytes: 2_000_000,
    })
    if (answer.status < 200 || answer.status > 299)
      return { ...nothing, state: 'not_found', status: answer.status }
    const page = readPage(answer)
    const link = target === null ? undefined : page.links.find((l) => sameAddress(l.href, target))
    return {
      state: target !== null && !link ? 'link_missing' : 'found',
      status: answer.status,
      title: page.title,
      link: target === null ? null : link !== undefined,
      rel: link?.rel ?? null,
    }
  } catch (error) {
    if (error instanceof UnsafeAddress) return { ...nothing, state: 'refused' }
    if (error instanceof Unreachable) return { ...nothing, state: 'unreachable' }
    throw error
  }
}

type Page = { title: string | null; links: { href: string; rel: string | null }[] }

/** What these hold is no part of the page that people read. */
const unread = new Set(['script', 'style', 'template', 'noscript'])

/**
 * Title and links of a page, by its tags alone: nothing of it is run. Comments, scripts and styles don't count.
 * Read from start to end once, whatever it holds: a hostile page costs no more than its length.
 */
export function readPage(answer: Pick<SafeAnswer, 'body' | 'contentType' | 'url'>): Page {
  const html = decode(answer)
  const lower = html.toLowerCase()
  const links: { href: string; rel: string | null }[] = []
  let title: string | undefined
  let base: string | undefined
  for (let at = html.indexOf('<'); at !== -1;) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4)
      if (end === -1) break
      at = html.indexOf('<', end + 3)
      continue
    }
    const name = /^[a-z]{1,10}/.exec(lower.slice(at + 1, at + 12))?.[0]
    if (name === undefined) {
      at = html.indexOf('<', at + 1)
      continue
    }
    const end = html.indexOf('>', at)
    if (end === -1) break
    const tag = html.slice(at, Math.min(end, at + 5_000))
    let next = end + 1
    if (name === 'title' && title === undefined) {
      const close = html.indexOf('<', next)
      title = html.slice(next, Math.min(close === -1 ? html.length : close, next + 2_000))
    } else if (name === 'base') base ??= attribute(tag, 'href')
    else if (name === 'a') {
      const href = attribute(tag, 'href')
      if (href) links.push({ href, rel: attribute(tag, 'rel')?.toLowerCase().slice(0, 100) || null })
    } else if (unread.has(name)) {
      const close = lower.indexOf(`</${name}`, next)
      if (close === -1) break
      next = close + 2
    }
    at = html.indexOf('<', next)
  }
  const root =
    base !== undefined && URL.canParse(base, answer.url) ? new URL(base, answer.url).href : answer.url
  const text = title === undefined ? '' : unescape(title).replaceAll(/\s+/g, ' ').trim().slice(0, 300)
  return {
    title: text === '' ? null : text,
    links: links.flatMap((l) =>
      URL.canParse(l.href, root) ? [{ ...l, href: new URL(l.href, root).href }] : [],
    ),
  }
}

/** The same page: host without www, path without the last slash, same query; scheme and fragment don't matter. */
export function sameAddress(a: string, b: string): boolean {
  return bare(a) === bare(b)
}

function bare(text: string): string {
  const url = new URL(text)
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}${url.search}`
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  return value === undefined ? undefined : unescape(value).trim()
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
}

function unescape(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi,
    (all, dec?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? all
      const code = dec === undefined ? Number.parseInt(hex!, 16) : Number(dec)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : all
    },
  )
}

function decode({ body, contentType }: Pick<SafeAnswer, 'body' | 'contentType'>): string {
  const said =
    /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? '')?.[1] ??
    /<meta[^>]{0,500}charset\s*=\s*["']?([\w-]+)/i.exec(body.subarray(0, 2048).toString('latin1'))?.[1]
  try {
    return new TextDecoder(said ?? 'utf-8').decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}
