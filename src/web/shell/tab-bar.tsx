import { useState } from 'react'
import { Drawer } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../i18n/use-t.ts'
import { useNavigation } from '../navigation.ts'
import { NavLine } from './nav-line.tsx'
import { UserMenu } from './user-menu.tsx'

/** The bottom of a phone's screen: four places and "Plus" for the others. */
export function TabBar() {
  const t = useT()
  const { main, finance, foot } = useNavigation()
  const [more, setMore] = useState(false)
  return (
    <nav className="tab-bar" aria-label={t('shell.nav.phone')}>
      {main.slice(0, 4).map((item) => (
        <Link key={item.to} to={item.to} activeOptions={{ exact: item.to === '/', includeSearch: false }}>
          <item.icon size={21} stroke={1.7} />
          {t(item.label)}
        </Link>
      ))}
      <button type="button" onClick={() => setMore(true)}>
        <IconDots size={21} aria-hidden="true" />
        {t('shell.nav.more')}
      </button>
      <Drawer opened={more} onClose={() => setMore(false)} position="bottom" title={t('shell.nav.more')} size="auto">
        <div className="nav-group more-nav" onClick={() => setMore(false)} role="presentation">
          {[...main.slice(4), ...finance, ...foot].map((item) => (
            <NavLine key={item.to} item={item} />
          ))}
        </div>
        <UserMenu />
      </Drawer>
    </nav>
  )
}
