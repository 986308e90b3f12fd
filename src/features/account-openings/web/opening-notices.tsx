import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listOpenings } from '../contract.ts'

/** Openings to go on with: not paid yet, being prepared, or whose password was not shown. */
export function OpeningNotices() {
  const t = useT()
  const { data } = useEndpoint(listOpenings)
  return (
    <>
      {data?.data.slice(0, 3).map((o) => (
        <Notice
          key={o.id}
          tone={o.state === 'paying' ? 'warn' : 'info'}
          action={
            <Button
              size="xs"
              variant="default"
              renderRoot={(root) => <Link to={paths.accountOpening(o.id)} {...root} />}
            >
              {t(
                `openings.notice.${o.state === 'ready' ? 'ready' : o.state === 'paying' ? 'paying' : 'preparing'}.act`,
              )}
            </Button>
          }
        >
          {t(
            `openings.notice.${o.state === 'ready' ? 'ready' : o.state === 'paying' ? 'paying' : 'preparing'}`,
            {
              name: o.name,
            },
          )}
        </Notice>
      ))}
    </>
  )
}
