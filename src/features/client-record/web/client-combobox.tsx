import { useState } from 'react'
import type { ReactNode } from 'react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AsyncCombobox, type Choice } from '../../../web/kit/async-combobox.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { useRight } from '../../../web/me.ts'
import { searchClientChoices } from '../contract.ts'
import { NewClientDialog } from './new-client-dialog.tsx'

/** A client that was chosen. */
export type ChosenClient = { id: string; name: string }

type ClientComboboxProps = {
  label?: string
  description?: string
  error?: ReactNode
  value: ChosenClient | null
  onChange: (client: ChosenClient | null) => void
  disabled?: boolean
  /** Not offered: chosen already. */
  except?: readonly string[]
}

/** Picks an existing client or creates one without leaving the form (A3): "Créer « Durand »". */
export function ClientCombobox({ value, onChange, label, except = [], ...rest }: ClientComboboxProps) {
  const t = useT()
  const mayCreate = useRight('clients.create')
  const [creating, setCreating] = useState<string>()
  const search = async (q: string, signal: AbortSignal): Promise<Choice[]> => {
    const { data } = await call(searchClientChoices, { query: { q, limit: 20 } }, { signal })
    return data
      .filter((c) => !except.includes(c.id))
      .map((c) => ({
        id: c.id,
        label: c.name,
        icon: <Tile name={c.name} id={c.id} size="s" />,
        ...((c.city ?? c.website) && { detail: c.city ?? c.website ?? '' }),
      }))
  }
  return (
    <>
      <AsyncCombobox
        label={label ?? t('client_record.client')}
        {...rest}
        value={value && { id: value.id, label: value.name }}
        onChange={(choice) => onChange(choice && { id: choice.id, name: choice.label })}
        search={search}
        {...(mayCreate && {
          onCreate: setCreating,
          createLabel: (name: string) => t('kit.combobox.create', { name }),
        })}
      />
      <NewClientDialog
        opened={creating !== undefined}
        {...(creating !== undefined && { name: creating })}
        onClose={() => setCreating(undefined)}
        onCreated={(client) => onChange({ id: client.id, name: client.name })}
      />
    </>
  )
}
