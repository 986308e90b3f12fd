import { Drawer } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { useNavigation } from '../navigation.ts'
import { NavLine } from './nav-line.tsx'
import { UserMenu } from './user-menu.tsx'

/** The places that have no room in the phone's bottom bar, and the user. */
export function MoreDrawer(props: { onClose: () => void }) {
  const t = useT()
  const { main, finance, foot } = useNavigation()
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="bottom"
      size="auto"
      title={t('shell.nav.more')}
      classNames={{ content: 'more-drawer' }}
    >
      <div className="nav-group more-nav" onClick={props.onClose} role="presentation">
        {[...main.slice(4), ...finance, ...foot].map((item) => (
          <NavLine key={item.to} item={item} />
        ))}
      </div>
      <UserMenu />
    </Drawer>
  )
}
