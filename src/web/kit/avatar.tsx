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

/** Up to `max` avatars, then the first name and how many more: "Hugo Perrin +1". */
export function AvatarStack(props: { people: Person[]; max?: number; size?: number }) {
  const { people, max = 3, size = 22 } = props
  const [first] = people
  if (!first) return null
  return (
    <span className="avatar-stack" title={people.map((p) => p.name).join(', ')}>
      <span className="avatar-stack-faces">
        {people.slice(0, max).map((person) => (
          <Avatar key={person.id} person={person} size={size} />
        ))}
      </span>
      <span className="avatar-stack-name">
        {first.name}
        {people.length > 1 ? <span className="ink-3"> +{people.length - 1}</span> : null}
      </span>
    </span>
  )
}
