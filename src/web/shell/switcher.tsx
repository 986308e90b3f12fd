import { Suspense, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Popover, TextInput } from '@mantine/core'
import { IconCheck, IconSearch, IconSelector } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { Tile } from '../kit/tile.tsx'
import { useRealm } from '../realm.ts'
import { slots } from '../slots.ts'
import { lazySlot } from './lazy-slot.ts'
import { Logo } from './logo.tsx'
import { useAgencyLine } from './use-agency-line.ts'

const Spaces = lazySlot(slots.spaces)

/**
 * The space one is in, and the way to the others: recent, all, type-ahead, digits 1 to 9. `onToggle` hears of
 * the list opening and closing: what it half covers must not be reached meanwhile.
 */
export function Switcher({ onToggle }: { onToggle?: (open: boolean) => void }) {
  const t = useT()
  const realm = useRealm()
  const line = useAgencyLine()
  const [open, setOpened] = useState(false)
  const setOpen = (next: boolean) => {
    setOpened(next)
    onToggle?.(next)
  }
  const [query, setQuery] = useState('')
  const face = realm.brandColor ? <Tile name={realm.name} id={realm.name} brand /> : <Logo />
  const name = (
    <>
      {face}
      <span className="switcher-text">
        <b>{realm.name}</b>
        <small>{line}</small>
      </span>
    </>
  )
  if (!Spaces || realm.kind === 'hosted_account') return <div className="switcher">{name}</div>
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="switcher" onClick={() => setOpen(!open)}>
          {name}
          <span className="visually-hidden">, {t('shell.switcher.open')}</span>
          <IconSelector size={15} className="switcher-arrow" aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('shell.switcher.open')} onKeyDown={pressNumbered}>
        <TextInput
          data-autofocus
          aria-label={t('shell.switcher.search')}
          placeholder={t('shell.switcher.hint')}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          mb={4}
        />
        <div className="space-line" aria-current="true">
          {face}
          <span>
            <b>{realm.name}</b>
            <small>{line}</small>
          </span>
          <IconCheck size={15} aria-hidden="true" />
        </div>
        <Suspense fallback={null}>
          <Spaces query={query} close={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Digits 1 to 9 open the space that shows the digit, while nothing is typed in the search. */
function pressNumbered(event: KeyboardEvent<HTMLElement>): void {
  if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
  const field = event.currentTarget.querySelector('input')
  if (field?.value) return
  const target = event.currentTarget.querySelectorAll<HTMLElement>('button.space-line, a.space-line')
  const chosen = target[Number(event.key) - 1]
  if (!chosen) return
  event.preventDefault()
  chosen.click()
}
