import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import { useRealm } from '../../../web/realm.ts'

/** Where to turn to: the realm's support address; on the base host, the list of one's agencies. */
export function SignInHelp() {
  const t = useT()
  const realm = useRealm()
  if (realm.kind === 'operator')
    return (
      <p className="meta sign-in-help">
        {t('sign_in.help.agency')}{' '}
        <Anchor renderRoot={(root) => <Link to={paths.findAgency} {...root} />} inherit underline="always">
          {t('sign_in.help.find')}
        </Anchor>
      </p>
    )
  if (realm.supportEmail === null) return null
  return (
    <p className="meta sign-in-help">
      {t('sign_in.help')}{' '}
      <Anchor href={`mailto:${realm.supportEmail}`} inherit underline="always">
        {t('sign_in.help.write', { name: realm.name })}
      </Anchor>
    </p>
  )
}
