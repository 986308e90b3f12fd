import { useState } from 'react'
import { CloseButton } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { Tile } from '../../../web/kit/tile.tsx'
import { ClientCombobox, type ChosenClient } from '../../client-record/web/client-combobox.tsx'
import './invitations.css'

/** Clients to assign at once (A14): searched or created one after the other, each can be taken out again. */
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
  return (
    <div className="chosen-clients">
      <ClientCombobox
        key={round}
        label={`${t('invitations.clients')} (${t('kit.optional')})`}
        description={t('invitations.clientsHelp')}
        error={error}
        value={null}
        except={value.map((c) => c.id)}
        onChange={(chosen) => {
          if (!chosen) return
          onChange([...value, chosen])
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
