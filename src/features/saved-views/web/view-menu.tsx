import { useState } from 'react'
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconDots,
  IconLink,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconShare,
  IconShareOff,
  IconTrash,
} from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notify, notifyError, undoable } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import {
  createView,
  deleteView,
  listViews,
  reorderViews,
  updateView,
  type SavedView,
  type ViewPage,
} from '../contract.ts'

const RenameViewDialog = lazyDialog(() => import('./rename-view-dialog.tsx').then((m) => m.RenameViewDialog))

/** What can be done with a saved view: pin, move, copy its link, rename, share, delete. */
export function ViewMenu({
  page,
  view,
  views,
  canShare,
  onDeleted,
}: {
  page: ViewPage
  view: SavedView
  views: SavedView[]
  canShare: boolean
  onDeleted: () => void
}) {
  const t = useT()
  const [renaming, setRenaming] = useState(false)
  const at = views.findIndex((v) => v.id === view.id)
  const doing = (act: () => Promise<unknown>) => () => void act().then(() => refresh(listViews), notifyError)
  const move = (step: number) =>
    doing(() => {
      const ids = views.map((v) => v.id)
      ids.splice(at, 1)
      ids.splice(at + step, 0, view.id)
      return call(reorderViews, { body: { page, ids } })
    })
  const change = (body: { isPinned?: boolean; isShared?: boolean }) =>
    doing(() => call(updateView, { params: { id: view.id }, body }))
  const remove = doing(async () => {
    await call(deleteView, { params: { id: view.id } })
    onDeleted()
    undoable(t('clients.view.deleted', { name: view.name }), async () => {
      const { name, query, isShared, isPinned } = view
      await call(createView, { body: { page, name, query, isShared, isPinned } })
      await refresh(listViews)
    })
  })
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('clients.view.menu', { name: view.name })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {view.by ? <Menu.Label>{t('clients.view.by', { name: view.by })}</Menu.Label> : null}
          <Menu.Item
            leftSection={view.isPinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />}
            onClick={change({ isPinned: !view.isPinned })}
          >
            {t(view.isPinned ? 'clients.view.unpin' : 'clients.view.pin')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLink size={15} />}
            onClick={() =>
              void navigator.clipboard
                .writeText(location.href)
                .then(() => notify(t('clients.view.linkCopied')), notifyError)
            }
          >
            {t('clients.view.copyLink')}
          </Menu.Item>
          {at > 0 ? (
            <Menu.Item leftSection={<IconArrowLeft size={15} />} onClick={move(-1)}>
              {t('clients.view.left')}
            </Menu.Item>
          ) : null}
          {at < views.length - 1 ? (
            <Menu.Item leftSection={<IconArrowRight size={15} />} onClick={move(1)}>
              {t('clients.view.right')}
            </Menu.Item>
          ) : null}
          {view.can.edit ? (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setRenaming(true)}>
                {t('clients.view.rename')}
              </Menu.Item>
              {canShare ? (
                <Menu.Item
                  leftSection={view.isShared ? <IconShareOff size={15} /> : <IconShare size={15} />}
                  onClick={change({ isShared: !view.isShared })}
                >
                  {t(view.isShared ? 'clients.view.unshare' : 'clients.view.share')}
                </Menu.Item>
              ) : null}
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={remove}>
                {t('clients.view.delete')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <RenameViewDialog opened={renaming} view={view} onClose={() => setRenaming(false)} />
    </>
  )
}
