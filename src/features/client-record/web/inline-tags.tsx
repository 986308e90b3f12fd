import { useState } from 'react'
import { TagsInput } from '@mantine/core'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Tag } from '../../../web/kit/badges.tsx'
import { undoable } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listClientValues } from '../../clients/contract.ts'
import { changeClient, type Client } from './use-client.ts'
import './client-record.css'

/** The client's tags, edited in place: Enter or a comma adds one, leaving saves. */
export function InlineTags({ client }: { client: Client }) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const label = t('client_record.field.tags')
  const tags = client.tags.map((tag) => (
    <Tag key={tag} small>
      {tag}
    </Tag>
  ))
  if (!client.can.edit)
    return <span className="inline-field client-tags">{client.tags.length > 0 ? tags : '—'}</span>
  if (editing) return <TagsEditor client={client} label={label} onClose={() => setEditing(false)} />
  return (
    <button
      type="button"
      className="inline-field client-tags"
      data-empty={client.tags.length === 0 || undefined}
      onClick={() => setEditing(true)}
    >
      <span className="visually-hidden">{t('kit.inline.edit', { label })} </span>
      {client.tags.length > 0 ? tags : t('kit.inline.add')}
    </button>
  )
}

function TagsEditor(props: { client: Client; label: string; onClose: () => void }) {
  const { client, label } = props
  const t = useT()
  const [tags, setTags] = useState(client.tags)
  const [error, setError] = useState<string>()
  const known = useEndpoint(listClientValues, { params: { field: 'tag' } })
  const save = async () => {
    const before = client.tags
    if (JSON.stringify(tags) === JSON.stringify(before)) {
      props.onClose()
      return
    }
    try {
      await changeClient(client.id, { tags })
      undoable(<T id="kit.inline.saved" values={{ label }} />, () =>
        changeClient(client.id, { tags: before }),
      )
      props.onClose()
    } catch (failure) {
      if (!(failure instanceof ProblemError)) throw failure
      setError(Object.values(failure.fields)[0]?.message ?? failure.detail)
    }
  }
  return (
    <TagsInput
      aria-label={label}
      description={t('client_record.tags.help')}
      value={tags}
      error={error}
      maxTags={20}
      data={(known.data?.data ?? []).map((v) => v.value)}
      autoFocus
      acceptValueOnBlur
      onChange={setTags}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onClose()
      }}
    />
  )
}
