import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { useShortcut } from '../shortcuts.ts'
import { Kbd } from './kbd.tsx'
import './toolbar.css'

/** The line above a list: search and filters at the left, sort and columns at the right. */
export function Toolbar(props: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className="toolbar">
      {props.children}
      <span className="spacer" />
      {props.end}
    </div>
  )
}

type SearchFieldProps = {
  /** Accessible name: "Rechercher dans les clients". */
  label: string
  /** What may be typed: "Nom, domaine, ville…". */
  hint: string
  value: string
  /** Called 150 ms after the last key, so that the list is not asked at every letter. */
  onChange: (value: string) => void
}

/** Search of a list; "/" goes to it, Escape empties it. */
export function SearchField(props: SearchFieldProps) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(props.value)
  const sent = useRef(props.value)
  useShortcut('/', { label: props.label, run: () => field.current?.focus() })

  // The address changed by itself (a view was chosen, "back" was pressed): follow it.
  useEffect(() => {
    if (props.value !== sent.current) {
      sent.current = props.value
      setText(props.value)
    }
  }, [props.value])

  const { onChange } = props
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      onChange(text)
    }, 150)
    return () => clearTimeout(timer)
  }, [text, onChange])

  return (
    <TextInput
      ref={field}
      className="search-field"
      type="search"
      aria-label={props.label}
      placeholder={props.hint}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText('')
      }}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={
        text ? (
          <ActionIcon size={22} aria-label={t('kit.search.clear')} onClick={() => setText('')}>
            <IconX size={14} />
          </ActionIcon>
        ) : (
          <Kbd>/</Kbd>
        )
      }
    />
  )
}
