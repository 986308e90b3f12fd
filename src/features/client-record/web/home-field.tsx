import { useState } from 'react'
import { Select } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listAssignableMembers, setClientHome } from '../contract.ts'
import { showClient, type Client } from './use-client.ts'

/** The portfolio a client is in, moved in place; simple mode has none. */
export function HomeField({ client }: { client: Client }) {
  const t = useT()
  const me = useMe()
  const [editing, setEditing] = useState(false)
  if (me?.agency?.mode === 'simple' || !client.can.seeInternals) return null
  const name = client.home?.name ?? t('client_record.home.root')
  const label = t('client_record.home')
  const editable = client.can.assign && client.status !== 'archived'
  return (
    <section className="client-home" aria-labelledby="client-home">
      <SectionHead id="client-home" title={label} />
      {editing ? (
        <HomeChoice client={client} onClose={() => setEditing(false)} />
      ) : editable ? (
        <button type="button" className="inline-field" onClick={() => setEditing(true)}>
          <span className="visually-hidden">{t('kit.inline.edit', { label })} </span>
          {name}
        </button>
      ) : (
        <span className="inline-field">{name}</span>
      )}
      <p className="meta">
        {client.home ? t('client_record.home.help', { name }) : t('client_record.home.rootHelp')}
      </p>
    </section>
  )
}

const root = 'root'

function HomeChoice({ client, onClose }: { client: Client; onClose: () => void }) {
  const t = useT()
  const mayUseRoot = useMe()?.member?.role === 'owner'
  const { data } = useEndpoint(listAssignableMembers, { params: { id: client.id } })
  const label = t('client_record.home')
  const options = (data?.data ?? []).filter((m) => m.canBeHome).map((m) => ({ value: m.id, label: m.name }))
  const current = client.home?.id ?? root
  const save = async (homeId: string | null) =>
    showClient(await call(setClientHome, { params: { id: client.id }, body: { homeId } }))
  const choose = async (value: string | null) => {
    onClose()
    if (value === null || value === current) return
    const before = client.home?.id ?? null
    try {
      await save(value === root ? null : value)
      undoable(<T id="kit.inline.saved" values={{ label }} />, () => save(before))
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <Select
      aria-label={label}
      searchable
      autoFocus
      nothingFoundMessage={t('kit.combobox.nothing')}
      data={mayUseRoot ? [{ value: root, label: t('client_record.home.root') }, ...options] : options}
      value={current}
      onChange={(value) => void choose(value)}
      onBlur={onClose}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    />
  )
}
