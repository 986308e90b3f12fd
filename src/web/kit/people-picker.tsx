import { useState } from 'react'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconCheck, IconMinus, IconSearch } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { Avatar } from './avatar.tsx'
import type { Person } from './avatar.tsx'
import { foldText } from './fold-text.ts'
import './people-picker.css'

/** A person one can pick: `detail` is their team or role; `disabled` says why they cannot be picked. */
export type PickablePerson = Person & { detail?: string; unavailable?: string }

/** What the user decided: whom to add to and whom to remove from every target. */
export type PeopleChange = { add: string[]; remove: string[]; notify: boolean }

type PeoplePickerProps = {
  people: PickablePerson[]
  /** How many of the targets each person already has, by id. */
  held: Record<string, number>
  /** How many targets there are: 7 clients. */
  targets: number
  /** The button's own words: "Assigner 7 clients". */
  submitLabel: string
  onSubmit: (change: PeopleChange) => unknown
  onCancel: () => void
  /** Offers "Prévenir par courriel" (on by default). */
  canNotify?: boolean
  /** Searches on the server instead of in `people`. */
  onSearch?: (query: string) => void
  loading?: boolean
}

type Mark = 'none' | 'some' | 'all'

/** Three-state choice of people over any number of targets (picture 02): none, some or all have them. */
export function PeoplePicker(props: PeoplePickerProps) {
  const t = useT()
  const [query, setQuery] = useState('')
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set())
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const [notify, setNotify] = useState(true)
  const [busy, setBusy] = useState(false)

  const before = (id: string): Mark => {
    const n = props.held[id] ?? 0
    if (n === 0) return 'none'
    return n >= props.targets ? 'all' : 'some'
  }
  const mark = (id: string): Mark => {
    if (added.has(id)) return 'all'
    return removed.has(id) ? 'none' : before(id)
  }
  const toggle = (id: string) => {
    const now = mark(id)
    const [plus, minus] = [new Set(added), new Set(removed)]
    plus.delete(id)
    minus.delete(id)
    if (now === 'all') {
      if (before(id) !== 'none') minus.add(id)
    } else if (before(id) !== 'all') plus.add(id)
    setAdded(plus)
    setRemoved(minus)
  }
  const needle = foldText(query)
  const shown = props.onSearch
    ? props.people
    : props.people.filter((p) => foldText(`${p.name} ${p.detail ?? ''}`).includes(needle))

  return (
    <div className="people-picker">
      <div className="people-picker-search">
        <TextInput
          data-autofocus
          aria-label={t('kit.people.search')}
          placeholder={t('kit.people.hint')}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            props.onSearch?.(event.currentTarget.value)
          }}
        />
      </div>
      <div className="people-picker-list" role="group" aria-label={t('kit.people.list')}>
        {shown.map((person) => (
          <PersonChoice
            key={person.id}
            person={person}
            mark={mark(person.id)}
            onToggle={() => toggle(person.id)}
          />
        ))}
        {shown.length === 0 && !props.loading ? (
          <p className="meta people-none">{t('kit.people.none')}</p>
        ) : null}
      </div>
      <div className="people-picker-foot">
        {props.canNotify === false ? null : (
          <Checkbox
            label={t('kit.people.notify')}
            checked={notify}
            onChange={(event) => setNotify(event.currentTarget.checked)}
          />
        )}
        <div className="people-picker-buttons">
          <Button variant="default" onClick={props.onCancel}>
            {t('kit.cancel')}
          </Button>
          <Button
            loading={busy}
            disabled={added.size === 0 && removed.size === 0}
            onClick={async () => {
              setBusy(true)
              try {
                await props.onSubmit({ add: [...added], remove: [...removed], notify })
              } finally {
                setBusy(false)
              }
            }}
          >
            {props.submitLabel}
          </Button>
        </div>
      </div>
    </div>
  )
}

function PersonChoice(props: { person: PickablePerson; mark: Mark; onToggle: () => void }) {
  const { person, mark } = props
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={mark === 'all' ? true : mark === 'some' ? 'mixed' : false}
      aria-disabled={person.unavailable ? true : undefined}
      title={person.unavailable}
      onClick={() => {
        if (!person.unavailable) props.onToggle()
      }}
    >
      <span className="people-box" data-mark={mark} aria-hidden="true">
        {mark === 'all' ? <IconCheck size={12} stroke={3} /> : null}
        {mark === 'some' ? <IconMinus size={12} stroke={3} /> : null}
      </span>
      <Avatar person={person} size={24} />
      <span className="people-name">
        {person.name}
        {person.detail ? <small>{person.detail}</small> : null}
      </span>
    </button>
  )
}
