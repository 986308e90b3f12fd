import { useState } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listSupportRequests } from '../contract.ts'

const NewRequestDialog = lazyDialog(() => import('./new-request-dialog.tsx').then((m) => m.NewRequestDialog))

/** Where an agency asks for the hierarchical modes (C4), or follows its request. */
export function AskForModes() {
  const t = useT()
  const [asking, setAsking] = useState(false)
  const { data } = useEndpoint(listSupportRequests, { query: { state: 'open' } })
  if (!data) return null
  const open = data.data.find((r) => r.kind === 'hierarchy')
  return (
    <>
      <Notice tone="info" inline>
        {open ? (
          <>
            {t('support_requests.underWay')}{' '}
            <Link className="text-link" to={paths.supportRequest(open.id)}>
              {t('support_requests.follow')}
            </Link>
          </>
        ) : (
          t('settings.mode.later')
        )}
      </Notice>
      {open ? null : (
        <div>
          <Button onClick={() => setAsking(true)}>{t('support_requests.askModes')}</Button>
        </div>
      )}
      <NewRequestDialog opened={asking} onClose={() => setAsking(false)} kind="hierarchy" />
    </>
  )
}
