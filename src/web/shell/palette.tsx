import { useEffect, useMemo, useState } from 'react'
import { Spotlight, createSpotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../i18n/use-t.ts'
import { foldText } from '../kit/fold-text.ts'
import { Kbd } from '../kit/kbd.tsx'
import { useNavigation } from '../navigation.ts'
import { useGlobalActions } from './palette-host.tsx'
import { closePalette, usePalette } from './palette-store.ts'
import type { PaletteItem } from './palette-store.ts'
import { usePaletteSearch } from './use-palette-search.ts'
import './palette.css'

const [store, spotlight] = createSpotlight()

/** Actions, records and places in one list (picture 06). */
export function Palette() {
  const t = useT()
  const navigate = useNavigate()
  const { open, actions } = usePalette()
  const [query, setQuery] = useState('')
  const { places, globals } = usePlacesAndActions()
  const found = usePaletteSearch(open ? query : '')
  const needle = foldText(query.trim())
  const match = (item: PaletteItem) => foldText(`${item.label} ${item.description ?? ''}`).includes(needle)
  const groups = [
    { label: t('shell.palette.actions'), items: [...actions, ...globals].filter(match) },
    ...found.groups.map((g) => ({ label: t(g.group), items: g.items })),
    { label: t('shell.palette.places'), items: places.filter(match) },
  ].filter((g) => g.items.length > 0)
  const shown = groups.flatMap((group) => group.items.map((item) => item.id)).join(' ')
  useEffect(selectFirst, [shown])
  // The widget keeps its own state: ours leads, and follows when Escape or a click outside shuts it.
  useEffect(() => {
    if (open) spotlight.open()
    else spotlight.close()
  }, [open])
  return (
    <Spotlight.Root
      store={store}
      onSpotlightClose={closePalette}
      closeOnActionTrigger={false}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      className="palette"
      attributes={{ content: { 'aria-label': t('shell.palette.search') } }}
      size={620}
      radius="lg"
      centered={false}
      yOffset="14vh"
      maxHeight={460}
      scrollable
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
    >
      <Spotlight.Search
        aria-label={t('shell.palette.search')}
        placeholder={t('shell.palette.hint')}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList aria-label={t('shell.palette.results')}>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.items.map((item) => (
              <Spotlight.Action
                key={item.id}
                label={item.label}
                description={item.description}
                leftSection={item.icon}
                rightSection={item.keys?.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
                onClick={() => {
                  closePalette()
                  item.run((href) => void navigate({ href }))
                }}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 ? (
          <Spotlight.Empty>
            {found.searching ? t('shell.palette.searching') : t('shell.palette.nothing')}
          </Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** Results come after the last key: Enter must mean the first of them, unless an arrow chose another. */
function selectFirst(): void {
  const { listId, selected } = store.getState()
  const list = listId ? document.getElementById(listId) : null
  if (!list || selected > 0) return
  list.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}

function usePlacesAndActions(): { places: PaletteItem[]; globals: PaletteItem[] } {
  const t = useT()
  const navigate = useNavigate()
  const navigation = useNavigation()
  const actions = useGlobalActions()
  return useMemo(() => {
    const { main, finance, foot } = navigation
    const places = [...main, ...finance, ...foot].map((item) => ({
      id: `go-${item.to}`,
      label: t(item.label),
      icon: <item.icon size={18} stroke={1.7} />,
      ...(item.key ? { keys: ['G', item.key.toUpperCase()] } : {}),
      run: () => void navigate({ to: item.to }),
    }))
    const globals = actions.map((action) => ({
      id: action.id,
      label: t(action.label),
      ...(action.description ? { description: t(action.description) } : {}),
      icon: <action.icon size={18} stroke={1.7} />,
      ...(action.key ? { keys: [action.key.toUpperCase()] } : {}),
      run: () => void navigate({ href: action.to }),
    }))
    return { places, globals }
  }, [t, navigate, navigation, actions])
}
