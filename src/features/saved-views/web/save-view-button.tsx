import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { listViews, updateView } from '../contract.ts'
import type { ViewListState } from './view-list.ts'

const NewViewDialog = lazyDialog(() => import('./new-view-dialog.tsx').then((m) => m.NewViewDialog))

/** Keeps the list as it stands: in the view it came from, or as a new one; or puts it back. */
export function SaveViewButton({ list, canShare }: { list: ViewListState; canShare: boolean }) {
  const t = useT()
  const [naming, setNaming] = useState(false)
  const { view, params } = list
  const update = async () => {
    if (!view) return
    try {
      const saved = await call(updateView, {
        params: { id: view.id },
        body: { query: params, version: view.version },
      })
      await Promise.all([refresh(listViews), list.of.onSaved?.()])
      undoable(t('clients.view.updated', { name: saved.name }), async () => {
        await call(updateView, { params: { id: view.id }, body: { query: view.query } })
        await Promise.all([refresh(listViews), list.of.onSaved?.()])
      })
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <>
      {view?.can.edit ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="sm" variant="light" rightSection={<IconChevronDown size={14} />}>
              {t('clients.view.save')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void update()}>
              {t('clients.view.saveInto', { name: view.name })}
            </Menu.Item>
            <Menu.Item onClick={() => setNaming(true)}>{t('clients.view.saveNew')}</Menu.Item>
            <Menu.Item onClick={list.reset}>{t('clients.view.reset')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button size="sm" variant="light" onClick={() => setNaming(true)}>
          {t('clients.view.save')}
        </Button>
      )}
      <NewViewDialog opened={naming} list={list} canShare={canShare} onClose={() => setNaming(false)} />
    </>
  )
}
