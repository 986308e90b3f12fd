import { Suspense, lazy, useState } from 'react'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../i18n/use-t.ts'
import { useNavigation } from '../navigation.ts'
import { standsAlone } from '../paths.ts'

const MoreDrawer = lazy(() => import('./more-drawer.tsx').then((m) => ({ default: m.MoreDrawer })))

/** The bottom of a phone's screen: four places and "Plus" for the others. */
export function TabBar() {
  const t = useT()
  const { main } = useNavigation()
  const [more, setMore] = useState(false)
  return (
    <nav className="tab-bar" aria-label={t('shell.nav.phone')}>
      {main.slice(0, 4).map((item) => (
        <Link
          key={item.to}
          to={item.to}
          activeOptions={{ exact: standsAlone(item.to), includeSearch: false }}
        >
          <item.icon size={21} stroke={1.7} />
          {t(item.label)}
        </Link>
      ))}
      <button type="button" onClick={() => setMore(true)}>
        <IconDots size={21} aria-hidden="true" />
        {t('shell.nav.more')}
      </button>
      {more ? (
        <Suspense fallback={null}>
          <MoreDrawer onClose={() => setMore(false)} />
        </Suspense>
      ) : null}
    </nav>
  )
}
