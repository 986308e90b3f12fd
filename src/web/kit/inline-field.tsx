import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { T } from '../i18n/rich-text.tsx'
import { useT } from '../i18n/use-t.ts'
import { OfflineError, ProblemError } from '../problem-error.ts'
import { undoable } from './notices.tsx'
import './inline-field.css'

type InlineFieldProps = {
  /** Name of the field, as the form would label it. */
  label: string
  value: string
  /** Keeps the value; a refusal's sentence is shown under the field, which stays open. */
  onSave: (value: string) => Promise<unknown>
  /** Name of the field in the refusal's `fields`. */
  field?: string
  /** Shown when empty: "Ajouter…". */
  hint?: string
  multiline?: boolean
  /** How the value is read, when it is not simply the text. */
  format?: (value: string) => ReactNode
  /** Cannot be edited, and why if it could be by others. */
  readOnly?: boolean
  reason?: string
  type?: 'text' | 'email' | 'tel' | 'url' | 'date'
}

/** A value edited in place: click, Enter saves, Escape cancels, leaving saves, and it can be undone. */
export function InlineField(props: InlineFieldProps) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { label, value, format } = props
  const shown = value === '' ? null : format ? format(value) : value
  if (props.readOnly) {
    return (
      <span className="inline-field" data-read-only title={props.reason}>
        {shown ?? '—'}
      </span>
    )
  }
  if (editing) {
    return (
      <InlineEditor
        {...props}
        onClose={(refocus) => {
          setEditing(false)
          if (refocus) requestAnimationFrame(() => button.current?.focus())
        }}
      />
    )
  }
  return (
    <button
      ref={button}
      type="button"
      className="inline-field"
      data-empty={shown === null || undefined}
      onClick={() => setEditing(true)}
    >
      <span className="visually-hidden">{t('kit.inline.edit', { label })} </span>
      {shown ?? props.hint ?? t('kit.inline.add')}
    </button>
  )
}

function InlineEditor(props: InlineFieldProps & { onClose: (refocus: boolean) => void }) {
  const t = useT()
  const [text, setText] = useState(props.value)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const errorId = useId()
  const { label, value, onSave } = props
  useEffect(() => field.current?.select(), [])

  const save = async (refocus: boolean) => {
    if (busy) return
    if (text === value) {
      props.onClose(refocus)
      return
    }
    setBusy(true)
    try {
      await onSave(text)
      undoable(<T id="kit.inline.saved" values={{ label }} />, () => onSave(value))
      props.onClose(refocus)
    } catch (failure) {
      setError(sentence(failure, props.field, t('kit.error.offline')))
      field.current?.focus()
    } finally {
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      props.onClose(true)
    }
    if (event.key === 'Enter' && (!props.multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save(true)
    }
  }
  const common = {
    ref: field,
    className: 'inline-editor',
    'aria-label': label,
    'aria-invalid': error !== undefined,
    'aria-describedby': error ? errorId : undefined,
    value: text,
    onKeyDown,
    onBlur: () => void save(false),
  }
  return (
    <>
      {props.multiline ? (
        <textarea {...common} rows={4} onChange={(event) => setText(event.target.value)} />
      ) : (
        <input {...common} type={props.type ?? 'text'} onChange={(event) => setText(event.target.value)} />
      )}
      {error ? (
        <span id={errorId} className="inline-error" role="alert">
          {error}
        </span>
      ) : null}
    </>
  )
}

function sentence(failure: unknown, field: string | undefined, offline: string): string {
  if (failure instanceof OfflineError) return offline
  if (!(failure instanceof ProblemError)) throw failure
  const [first] = Object.values(failure.fields)
  return (field ? failure.fields[field]?.message : undefined) ?? first?.message ?? failure.detail
}
