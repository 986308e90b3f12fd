import { hueOf, initials } from './initials.ts'
import './avatar.css'

/** A person as the kit shows them. */
export type Person = { id: string; name: string }

/** The round that stands for a person, coloured by name: the same whether its user or its member is shown. */
export function Avatar(props: { person: Person; size?: number }) {
  const { person, size = 22 } = props
  return (
    <span
      className="avatar"
      style={{ background: hueOf(person.name), width: size, height: size, fontSize: size * 0.42 }}
      aria-hidden="true"
    >
      {initials(person.name)}
    </span>
  )
}
