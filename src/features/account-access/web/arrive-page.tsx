import { useEffect, useState } from 'react'
import { Button, Loader } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { refreshMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { arriveInAccount } from '../contract.ts'
import { rememberVisit } from './visit.ts'

let arriving: Promise<void> | undefined

/** Spends the code once, however often the page is mounted, and takes it out of the address at once. */
function arrive(): Promise<void> {
  arriving ??= (async () => {
    const code = window.location.hash.slice(1)
    window.history.replaceState(window.history.state, '', window.location.pathname)
    const { backUrl } = await call(
      arriveInAccount,
      { body: { code: code === '' ? '-' : code } },
      { keepOn401: true },
    )
    rememberVisit(backUrl)
    await refreshMe()
  })()
  return arriving
}

/** The way in of "Connexion": opens the visit, then the account's first page. */
export function ArrivePage() {
  const t = useT()
  const navigate = useNavigate()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    arrive().then(
      () => navigate({ to: paths.home, replace: true }),
      () => setFailed(true),
    )
  }, [navigate])
  if (failed)
    return (
      <BrandLayout title={t('account_access.failed')} lead={t('account_access.failedText')}>
        <Button size="md" renderRoot={(root) => <Link to={paths.signIn} {...root} />}>
          {t('agencies.cross.signIn')}
        </Button>
      </BrandLayout>
    )
  return (
    <BrandLayout title={t('account_access.opening')}>
      <Loader size="sm" role="status" aria-label={t('account_access.opening')} />
    </BrandLayout>
  )
}
