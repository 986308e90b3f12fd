import { useEffect, useRef, useState } from 'react'
import { ActionIcon, Button, Menu, Textarea } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { NoteCard } from '../../../web/kit/timeline.tsx'
import { isProblem } from '../../../web/problem-error.ts'
import { refresh } from '../../../web/queries.ts'
import { useDraft } from '../../../web/use-draft.ts'
import { getClient, listClientHistory } from '../../client-record/contract.ts'
import type { Note } from '../../client-record/web/merge-activity.ts'
import type { Client } from '../../client-record/web/use-client.ts'
import { deleteClientNote, listClientNotes, restoreClientNote, updateClientNote } from '../contract.ts'
import './client-note.css'

const reread = () => refresh(listClientNotes, listClientHistory, getClient)

/** A note; its author may change it in place and delete it, with "Annuler". */
export function ClientNote({ client, note }: { client: Client; note: Note }) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const mine = note.mine && client.can.writeNotes
  const params = { id: client.id, noteId: note.id }
  const remove = async () => {
    try {
      await call(deleteClientNote, { params })
      void reread()
      undoable(t('client_notes.deleted'), async () => {
        await call(restoreClientNote, { params })
        void reread()
      })
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <NoteCard
      author={{ id: note.author.id ?? note.author.name, name: note.author.name }}
      at={note.createdAt}
      via={note.via ?? undefined}
      actions={
        mine ? (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size={24} aria-label={t('client_notes.actions')}>
                <IconDots size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
                {t('client_notes.edit')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => void remove()}>
                {t('client_notes.delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null
      }
    >
      {editing ? <NoteEditor params={params} note={note} onClose={() => setEditing(false)} /> : note.body}
      {!editing && note.version > 1 ? (
        <span className="client-note-edited">{t('client_notes.edited')}</span>
      ) : null}
    </NoteCard>
  )
}

function NoteEditor({
  params,
  note,
  onClose,
}: {
  params: { id: string; noteId: string }
  note: Note
  onClose: () => void
}) {
  const t = useT()
  const [text, setText, forget] = useDraft(`note-edit:${note.id}`, note.body)
  const [version, setVersion] = useState(note.version)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  // The menu gives the focus back to its button when it has closed; the text is taken up after that.
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus(), 120)
    return () => clearTimeout(timer)
  }, [])
  const close = () => {
    forget()
    onClose()
  }
  const save = async () => {
    setBusy(true)
    try {
      await call(updateClientNote, { params, body: { body: text, version } })
      void reread()
      close()
    } catch (failure) {
      // The other text is told of, and saving again replaces it.
      if (isProblem(failure, 'version.stale')) setVersion((failure.data['current'] as Note).version)
      if (isProblem(failure, 'version.stale') || isProblem(failure, 'input.invalid'))
        setError(failure.fields['body']?.message ?? failure.detail)
      else notifyError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="client-note-editor"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Textarea
        aria-label={t('client_notes.edit')}
        autosize
        minRows={3}
        maxLength={5000}
        ref={field}
        value={text}
        error={error}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
        }}
      />
      <div className="client-note-buttons">
        <Button variant="default" size="sm" onClick={close}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" size="sm" loading={busy} disabled={text.trim() === ''}>
          {t('client_notes.save')}
        </Button>
      </div>
    </form>
  )
}
