import { Fragment } from 'react'
import type { ReactNode } from 'react'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { useT } from './use-t.ts'
import type { TextValues } from './use-t.ts'

/** How each tag of a message is drawn, e.g. `{ a: (text) => <Link to="…">{text}</Link> }`. */
export type RichComponents = Record<string, (children: ReactNode) => ReactNode>

const basic: RichComponents = {
  b: (children) => <b>{children}</b>,
  i: (children) => <i>{children}</i>,
  br: () => <br />,
}

/**
 * A message with emphasis or links: `<T id="clients.unassigned" values={{ n }} />` for
 * `<b>{n, plural, …}</b> sans responsable`. Values are texts: a tag inside one stays text.
 */
export function T(props: { id: TextKey; values?: TextValues; components?: RichComponents }) {
  const t = useT()
  const kept: string[] = []
  const values = Object.fromEntries(
    Object.entries(props.values ?? {}).map(([name, value]) => [name, shield(value, kept)]),
  )
  return <>{draw(t(props.id, values), { ...basic, ...props.components }, kept)}</>
}

/** Replaces a text value by a mark, so that what a tenant typed can never be read as a tag. */
function shield(value: TextValues[string], kept: string[]): TextValues[string] {
  if (typeof value !== 'string' || !/[<\uE000]/.test(value)) return value
  kept.push(value)
  return `\uE000${kept.length - 1}\uE001`
}

function unshield(text: string, kept: string[]): string {
  return text.replace(/\uE000(\d+)\uE001/g, (_, i: string) => kept[Number(i)] ?? '')
}

function draw(message: string, components: RichComponents, kept: string[]): ReactNode {
  const pattern = /<(\w+)>([\s\S]*?)<\/\1>|<(\w+)\s*\/>/g
  const out: ReactNode[] = []
  let from = 0
  for (const match of message.matchAll(pattern)) {
    out.push(unshield(message.slice(from, match.index), kept))
    const component = components[match[1] ?? match[3] ?? '']
    const inner = draw(match[2] ?? '', components, kept)
    out.push(<Fragment key={match.index}>{component ? component(inner) : inner}</Fragment>)
    from = match.index + match[0].length
  }
  out.push(unshield(message.slice(from), kept))
  return out.length === 1 ? out[0] : out
}
