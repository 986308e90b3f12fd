import { Suspense, lazy, useEffect, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../i18n/use-t.ts'
import { useMe } from '../me.ts'
import { useNavigation } from '../navigation.ts'
import type { NavItem } from '../navigation.ts'
import { useRealm } from '../realm.ts'
import { useShortcut } from '../shortcuts.ts'
import { slots } from '../slots.ts'
import type { GlobalAction } from '../slots.ts'
import { openPalette, usePalette } from './palette-store.ts'

const Palette = lazy(() => import('./palette.tsx').then((m) => ({ default: m.Palette })))

/** Ctrl+K, the "G then …" keys and the letters of global actions; the palette itself comes when opened. */
export function PaletteHost() {
  const t = useT()
  const { open } = usePalette()
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (open) setWanted(true)
  }, [open])
  useShortcut('mod+k', { label: t('shell.palette.open'), run: openPalette })
  const { main, finance, foot } = useNavigation()
  return (
    <>
      {[...main, ...finance, ...foot].map((item) => (item.key ? <GoKey key={item.to} item={item} /> : null))}
      {useGlobalActions().map((action) =>
        action.key ? <ActionKey key={action.id} action={action} letter={action.key} /> : null,
      )}
      {wanted ? (
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      ) : null}
    </>
  )
}

/** Global actions the user may do here. */
export function useGlobalActions(): GlobalAction[] {
  const me = useMe()
  const { kind } = useRealm()
  return slots.actions.filter((a) => a.realm === kind && (!a.right || me?.rights.includes(a.right)))
}

function GoKey({ item }: { item: NavItem }) {
  const t = useT()
  const navigate = useNavigate()
  useShortcut(`g ${item.key}`, { label: t(item.label), run: () => void navigate({ to: item.to }) })
  return null
}

function ActionKey({ action, letter }: { action: GlobalAction; letter: string }) {
  const t = useT()
  const navigate = useNavigate()
  useShortcut(letter, { label: t(action.label), run: () => void navigate({ href: action.to }) })
  return null
}
