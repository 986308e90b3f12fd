import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../i18n/use-t.ts'
import { realmQuery, useRealm } from '../realm.ts'
import { BrandLayout } from './brand-layout.tsx'

/** How often a closed door is tried again, milliseconds. */
const triedEvery = 15_000

/**
 * A hosted account that is closed to its users: says so and whom to turn to. Why is the agency's business
 * (B47). Opens by itself once the account does.
 */
export function ClosedPage() {
  const t = useT()
  const { agency, supportEmail } = useRealm()
  useQuery({ ...realmQuery, staleTime: 0, refetchInterval: triedEvery })
  return (
    <BrandLayout
      title={t('shell.closed.title')}
      lead={agency ? t('shell.closed.text', { agency }) : t('shell.closed.textAlone')}
    >
      {supportEmail ? (
        <Button size="md" component="a" href={`mailto:${supportEmail}`}>
          {t('shell.closed.write', { agency: agency ?? '' })}
        </Button>
      ) : null}
    </BrandLayout>
  )
}
