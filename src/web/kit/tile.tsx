import { hueOf, initials } from './initials.ts'
import './tile.css'

/** The square that stands for a client or a space; `id` decides its colour. */
export function Tile(props: { name: string; id: string; size?: 's' | 'm' | 'l'; brand?: boolean }) {
  const size = props.size ?? 'm'
  const colors = props.brand
    ? { background: 'var(--brand-fill)', color: 'var(--brand-ink)' }
    : { background: hueOf(props.id) }
  return (
    <span className="tile" data-size={size} style={colors} aria-hidden="true">
      {initials(props.name)}
    </span>
  )
}
