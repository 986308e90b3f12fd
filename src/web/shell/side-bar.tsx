import { Suspense, useState } from 'react'
import { IconHelp, IconSearch } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { Kbd, modKey } from '../kit/kbd.tsx'
import { useNavigation } from '../navigation.ts'
import { useRealm } from '../realm.ts'
import { NavLine } from './nav-line.tsx'
import { NotificationBell } from './notification-bell.tsx'
import { openPalette } from './palette-store.ts'
import { openShortcutSheet } from './shortcut-sheet.tsx'
import { lazySlot } from './lazy-slot.ts'
import { Switcher } from './switcher.tsx'
import { UserMenu } from './user-menu.tsx'
import { slots } from '../slots.ts'
import './side-bar.css'

const PinnedViews = lazySlot(slots.pinnedViews)

/** The bar at the left: spaces, search, places, pinned views, then the user. */
export function SideBar() {
  const t = useT()
  const { main, finance, foot } = useNavigation()
  const { kind } = useRealm()
  const [switching, setSwitching] = useState(false)
  return (
    <nav className="rail" aria-label={t('shell.nav.main')}>
      <Switcher onToggle={setSwitching} />
      <button
        type="button"
        className="rail-search"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={openPalette}
      >
        <IconSearch size={15} aria-hidden="true" />
        <span>{t('shell.search')}</span>
        <Kbd>{modKey === '⌘' ? '⌘K' : `${modKey} K`}</Kbd>
      </button>
      <div className="rail-scroll" inert={switching}>
        <div className="nav-group">
          {main.map((item) => (
            <NavLine key={item.to} item={item} />
          ))}
        </div>
        {finance.length > 0 ? (
          <div className="nav-group" role="group" aria-labelledby="nav-finance">
            <div className="nav-title" id="nav-finance">
              {t('shell.nav.finance')}
            </div>
            {finance.map((item) => (
              <NavLine key={item.to} item={item} />
            ))}
          </div>
        ) : null}
        {PinnedViews && kind === 'agency' ? (
          <Suspense fallback={null}>
            <PinnedViews />
          </Suspense>
        ) : null}
      </div>
      <div className="rail-foot nav-group">
        {foot.map((item) => (
          <NavLine key={item.to} item={item} />
        ))}
        <button type="button" className="nav-line" onClick={openShortcutSheet}>
          <IconHelp size={17} stroke={1.7} aria-hidden="true" />
          <span>{t('shell.help')}</span>
          <em aria-hidden="true">?</em>
        </button>
        <div className="rail-user">
          <UserMenu />
          <NotificationBell />
        </div>
      </div>
    </nav>
  )
}
