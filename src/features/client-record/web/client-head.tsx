import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconChartBar,
  IconDots,
  IconLink,
  IconMapPin,
  IconWorld,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Tag } from '../../../web/kit/badges.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { Breadcrumb } from '../../../web/kit/page-head.tsx'
import { RecordHead } from '../../../web/kit/record-layout.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { AssignButton } from './assign-button.tsx'
import { StatusMenu, archive, unarchive } from './status-menu.tsx'
import type { Client } from './use-client.ts'

/** Address a website is opened at. */
export function websiteUrl(website: string): string {
  return /^http:\/\//i.test(website) ? website : `https://${website}`
}

/** Who the client is, its status, and what can be done with it. */
export function ClientHead({ client }: { client: Client }) {
  const t = useT()
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('client_record.clients'), to: paths.clients }, { label: client.name }]}
      />
      <RecordHead
        icon={<Tile name={client.name} id={client.id} size="l" />}
        title={client.name}
        meta={
          <>
            {client.website ? (
              <span>
                <IconWorld size={14} aria-hidden="true" />
                <a href={websiteUrl(client.website)} target="_blank" rel="noreferrer noopener">
                  {client.website.replace(/^http:\/\//i, '')}
                </a>
              </span>
            ) : null}
            {client.city ? (
              <span>
                <IconMapPin size={14} aria-hidden="true" />
                {client.city}
              </span>
            ) : null}
            {client.tags.map((tag) => (
              <Tag key={tag} small>
                {tag}
              </Tag>
            ))}
          </>
        }
        actions={
          <>
            <StatusMenu client={client} />
            {client.can.assign ? (
              <AssignButton client={client} variant={client.assignees.length === 0 ? 'filled' : 'default'} />
            ) : null}
            <MoreMenu client={client} />
          </>
        }
      />
    </>
  )
}

function MoreMenu({ client }: { client: Client }) {
  const t = useT()
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(paths.client(client.id), window.location.href).href)
    notify(t('client_record.linkCopied'))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={t('client_record.more')}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconChartBar size={15} />}
          renderRoot={(root) => (
            <Link to={paths.following} search={{ client: client.id } as never} {...root} />
          )}
        >
          {t('client_record.act.follow')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={15} />} onClick={() => void copy()}>
          {t('client_record.act.copyLink')}
        </Menu.Item>
        {client.can.archive ? (
          client.status === 'archived' ? (
            <Menu.Item leftSection={<IconArchiveOff size={15} />} onClick={() => void unarchive(client)}>
              {t('client_record.act.restore')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconArchive size={15} />} onClick={() => void archive(client)}>
              {t('client_record.act.archive')}
            </Menu.Item>
          )
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
