import { useEffect, useState } from 'react'
import { Button, Loader } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { refreshMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { crossHost } from '../contract.ts'

let crossing: Promise<void> | undefined

/** Spends the code once, however often the page is mounted, and takes it out of the address at once. */
function cross(): Promise<void> {
  crossing ??= (async () => {
    const code = window.location.hash.slice(1)
    window.history.replaceState(window.history.state, '', window.location.pathname)
    await call(crossHost, { body: { code: code === '' ? '-' : code } }, { keepOn401: true })
    await refreshMe()
  })()
  return crossing
}

/** The way in from another host: opens the session, then the first page. */
export function CrossingPage() {
  const t = useT()
  const navigate = useNavigate()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    cross().then(
      () => navigate({ to: paths.home, replace: true }),
      () => setFailed(true),
    )
  }, [navigate])
  if (failed) {
    return (
      <BrandLayout title={t('agencies.cross.failed')} lead={t('agencies.cross.failedText')}>
        <Button size="md" renderRoot={(root) => <Link to={paths.signIn} {...root} />}>
          {t('agencies.cross.signIn')}
        </Button>
      </BrandLayout>
    )
  }
  return (
    <BrandLayout title={t('agencies.cross.opening')}>
      <Loader size="sm" role="status" aria-label={t('agencies.cross.opening')} />
    </BrandLayout>
  )
}
