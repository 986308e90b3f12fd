import { Button, Menu } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconChevronDown,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, type Tone } from '../../../web/kit/badges.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { archiveClient, restoreClient } from '../contract.ts'
import { changeClient, showClient, type Client } from './use-client.ts'

const tones: Record<Client['status'], Tone> = { active: 'ok', paused: 'warn', archived: 'mute' }

/** A client's status: word and dot. */
export function ClientStatus({ status }: { status: Client['status'] }) {
  const t = useT()
  return <StatusBadge tone={tones[status]}>{t(`client_record.status.${status}`)}</StatusBadge>
}

/** Does something to the client and offers to undo it. */
async function doing(
  client: Client,
  text: 'paused' | 'resumed' | 'archived' | 'restored',
  act: () => Promise<unknown>,
  undo: () => Promise<unknown>,
): Promise<void> {
  try {
    await act()
    refreshNavCount(paths.clients)
    undoable(<T id={`client_record.done.${text}`} values={{ name: client.name }} />, async () => {
      await undo()
      refreshNavCount(paths.clients)
    })
  } catch (error) {
    notifyError(error)
  }
}

/** Restoring makes a client active; one that was paused is paused again. */
async function restore(id: string, status: Client['status'] = 'active'): Promise<void> {
  showClient(await call(restoreClient, { params: { id } }))
  if (status === 'paused') await changeClient(id, { status })
}

/** Puts the client away, with "Annuler". */
export function archive(client: Client): Promise<void> {
  const { id } = client
  return doing(
    client,
    'archived',
    async () => showClient(await call(archiveClient, { params: { id } })),
    () => restore(id, client.status),
  )
}

/** Takes the client out of the archive, with "Annuler". */
export function unarchive(client: Client): Promise<void> {
  const { id } = client
  return doing(
    client,
    'restored',
    () => restore(id),
    async () => showClient(await call(archiveClient, { params: { id } })),
  )
}

/** The status as a button: pause, resume, archive, restore; each can be undone. */
export function StatusMenu({ client }: { client: Client }) {
  const t = useT()
  const { id, can, status } = client
  if (!can.edit && !can.archive) return <ClientStatus status={status} />
  const set = (to: 'active' | 'paused') =>
    doing(
      client,
      to === 'paused' ? 'paused' : 'resumed',
      () => changeClient(id, { status: to }),
      () => changeClient(id, { status: to === 'paused' ? 'active' : 'paused' }),
    )
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          <span className="visually-hidden">{t('client_record.status.change')} </span>
          <ClientStatus status={status} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {can.edit && status === 'active' ? (
          <Menu.Item leftSection={<IconPlayerPause size={15} />} onClick={() => void set('paused')}>
            {t('client_record.act.pause')}
          </Menu.Item>
        ) : null}
        {can.edit && status === 'paused' ? (
          <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={() => void set('active')}>
            {t('client_record.act.resume')}
          </Menu.Item>
        ) : null}
        {can.archive && status !== 'archived' ? (
          <Menu.Item leftSection={<IconArchive size={15} />} onClick={() => void archive(client)}>
            {t('client_record.act.archive')}
          </Menu.Item>
        ) : null}
        {can.archive && status === 'archived' ? (
          <Menu.Item leftSection={<IconArchiveOff size={15} />} onClick={() => void unarchive(client)}>
            {t('client_record.act.restore')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
