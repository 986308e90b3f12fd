import { useState } from 'react'
import { CloseButton } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AsyncCombobox } from '../../../web/kit/async-combobox.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { searchClientChoices } from '../../client-record/contract.ts'
import './invitations.css'

/** A client chosen for somebody who is being invited. */
export type ChosenClient = { id: string; name: string }

/** Clients to assign at once (A14): searched one after the other, each can be taken out again. */
export function ClientsField({
  value,
  onChange,
  error,
}: {
  value: ChosenClient[]
  onChange: (clients: ChosenClient[]) => void
  error?: React.ReactNode
}) {
  const t = useT()
  // A fresh field after each choice: what was typed for one is not the start of the next.
  const [round, setRound] = useState(0)
  const search = async (q: string, signal: AbortSignal) => {
    const { data } = await call(searchClientChoices, { query: { q, limit: 20 } }, { signal })
    return data
      .filter((c) => !value.some((chosen) => chosen.id === c.id))
      .map((c) => ({
        id: c.id,
        label: c.name,
        icon: <Tile name={c.name} id={c.id} size="s" />,
        ...((c.city ?? c.website) && { detail: c.city ?? c.website ?? '' }),
      }))
  }
  return (
    <div className="chosen-clients">
      <AsyncCombobox
        key={round}
        label={`${t('invitations.clients')} (${t('kit.optional')})`}
        description={t('invitations.clientsHelp')}
        error={error}
        value={null}
        search={search}
        onChange={(choice) => {
          if (!choice) return
          onChange([...value, { id: choice.id, name: choice.label }])
          setRound(round + 1)
        }}
      />
      {value.length > 0 ? (
        <ul aria-label={t('invitations.clients')}>
          {value.map((client) => (
            <li key={client.id}>
              <Tile name={client.name} id={client.id} size="s" />
              <span>{client.name}</span>
              <CloseButton
                size="sm"
                aria-label={t('invitations.removeClient', { name: client.name })}
                onClick={() => onChange(value.filter((c) => c.id !== client.id))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
