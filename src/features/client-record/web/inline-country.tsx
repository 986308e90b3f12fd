import { useState } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { changeClient, type Client } from './use-client.ts'

/** The client's country, chosen in place. */
export function InlineCountry({ client }: { client: Client }) {
  const t = useT()
  const format = useFormat()
  const [editing, setEditing] = useState(false)
  const label = t('client_record.field.country')
  if (!client.can.edit) return <span className="inline-field">{format.country(client.country)}</span>
  if (!editing) {
    return (
      <button type="button" className="inline-field" onClick={() => setEditing(true)}>
        <span className="visually-hidden">{t('kit.inline.edit', { label })} </span>
        {format.country(client.country)}
      </button>
    )
  }
  const save = (country: string) => changeClient(client.id, { country })
  const choose = async (country: string | null) => {
    setEditing(false)
    if (!country || country === client.country) return
    const before = client.country
    try {
      await save(country)
      undoable(<T id="kit.inline.saved" values={{ label }} />, () => save(before))
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <CountryField
      aria-label={label}
      value={client.country}
      autoFocus
      onChange={(country) => void choose(country)}
      onBlur={() => setEditing(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setEditing(false)
      }}
    />
  )
}
