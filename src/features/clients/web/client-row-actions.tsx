import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconUserPlus } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import type { ClientRow } from '../contract.ts'

/** A row's own buttons, while it is hovered or focused. */
export function ClientRowActions({
  client,
  onAssign,
  onArchive,
}: {
  client: ClientRow
  onAssign: (c: ClientRow) => void
  onArchive: (c: ClientRow) => void
}) {
  const t = useT()
  const archived = client.status === 'archived'
  return (
    <>
      {client.can.assign && !archived ? (
        <Tooltip label={t('clients.act.assign')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={t('clients.act.assignOne', { name: client.name })}
            onClick={() => onAssign(client)}
          >
            <IconUserPlus size={17} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {client.can.archive ? (
        <Tooltip label={t(archived ? 'clients.act.restore' : 'clients.act.archive')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={t(archived ? 'clients.act.restoreOne' : 'clients.act.archiveOne', {
              name: client.name,
            })}
            onClick={() => onArchive(client)}
          >
            {archived ? <IconArchiveOff size={17} /> : <IconArchive size={17} />}
          </ActionIcon>
        </Tooltip>
      ) : null}
    </>
  )
}
