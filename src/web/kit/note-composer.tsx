import { useId, useState } from 'react'
import { Button } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { useDraft } from '../use-draft.ts'
import { Kbd, modKey } from './kbd.tsx'
import './note-composer.css'

type NoteComposerProps = {
  /** Name of the draft, e.g. `note:cli_…`: what was typed survives a reload. */
  draft: string
  onAdd: (text: string) => Promise<unknown>
  hint?: string
  maxLength?: number
}

/** Writes a note; Ctrl+Enter adds it; nothing is lost when adding fails. */
export function NoteComposer(props: NoteComposerProps) {
  const t = useT()
  const id = useId()
  const [text, setText, forget] = useDraft(props.draft, '')
  const [busy, setBusy] = useState(false)
  const ready = text.trim() !== '' && !busy
  const add = async () => {
    if (!ready) return
    setBusy(true)
    try {
      await props.onAdd(text.trim())
      forget()
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {t('kit.note.new')}
      </label>
      <textarea
        id={id}
        value={text}
        maxLength={props.maxLength}
        placeholder={props.hint ?? t('kit.note.hint')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add()
        }}
      />
      <div className="composer-foot">
        <span className="phone-hidden">
          <Kbd>{modKey}</Kbd> <Kbd>↵</Kbd>
        </span>
        <Button type="submit" size="sm" disabled={!ready} loading={busy}>
          {t('kit.note.add')}
        </Button>
      </div>
    </form>
  )
}
