import { Button } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { useRight } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { whoSeesUnassigned } from '../../access/contract.ts'
import { useRemember, useRemembered } from './remember.ts'

/**
 * How many clients nobody works on, and who sees them meanwhile (A23); `shown`: they are what the list shows.
 * Says nothing when there are none.
 */
export function UnassignedNotice({
  shown,
  onShow,
  onAssignAll,
}: {
  shown: boolean
  onShow: () => void
  onAssignAll: () => void
}) {
  const t = useT()
  const allowed = useRight('access.explain')
  const canAssign = useRight('clients.assign')
  const { data } = useEndpoint(
    whoSeesUnassigned,
    {},
    {
      enabled: allowed,
      staleTime: 60_000,
      ...useRemembered<AnswerOf<typeof whoSeesUnassigned>>('unassigned'),
    },
  )
  useRemember('unassigned', data)
  if (!data || data.clients === 0) return null
  return (
    <Notice
      action={
        shown && !canAssign ? null : (
          <Button variant="default" onClick={shown ? onAssignAll : onShow}>
            {t(
              shown
                ? 'clients.unassigned.assignAll'
                : canAssign
                  ? 'clients.unassigned.assign'
                  : 'clients.unassigned.show',
            )}
          </Button>
        )
      }
    >
      <T
        id="clients.unassigned.notice"
        values={{ clients: data.clients, members: data.members, ofClients: data.clientMembers }}
      />
    </Notice>
  )
}
