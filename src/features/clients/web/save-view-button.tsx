import { useState } from 'react'
import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError, undoable } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { createView, listViews, updateView } from '../../saved-views/contract.ts'
import { countClientViews } from '../contract.ts'
import type { ClientListState } from './use-client-list.ts'

/** Keeps the list as it stands: in the view it came from, or as a new one; or puts it back. */
export function SaveViewButton({ list, canShare }: { list: ClientListState; canShare: boolean }) {
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
      await refresh(listViews, countClientViews)
      undoable(t('clients.view.updated', { name: saved.name }), async () => {
        await call(updateView, { params: { id: view.id }, body: { query: view.query } })
        await refresh(listViews, countClientViews)
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
      <Modal opened={naming} onClose={() => setNaming(false)} title={t('clients.view.save')} size={420}>
        {naming ? <NewView params={params} canShare={canShare} onClose={() => setNaming(false)} /> : null}
      </Modal>
    </>
  )
}

function NewView({
  params,
  canShare,
  onClose,
}: {
  params: Record<string, string>
  canShare: boolean
  onClose: () => void
}) {
  const t = useT()
  const [, setSearch] = useSearchState()
  const form = useZodForm({
    initialValues: { page: 'clients' as const, name: '', query: params, isShared: false, isPinned: false },
    schema: createView.body!,
  })
  const submit = form.submit(async (values) => {
    const view = await call(createView, { body: values as never })
    void refresh(countClientViews)
    await refresh(listViews)
    const gone = Object.fromEntries(Object.keys(params).map((name) => [name, undefined]))
    setSearch({ ...gone, modifiee: undefined, vue: view.id })
    notify(t('clients.view.saved', { name: view.name }))
    onClose()
  })
  return (
    <form ref={form.ref} onSubmit={submit} noValidate>
      <Stack gap={16}>
        <TextInput
          data-autofocus
          label={t('clients.view.name')}
          description={t('clients.view.nameHelp')}
          {...form.getInputProps('name')}
        />
        <Checkbox label={t('clients.view.pin')} {...form.getInputProps('isPinned', { type: 'checkbox' })} />
        {canShare ? (
          <Checkbox
            label={t('clients.view.share')}
            description={t('clients.view.shareHelp')}
            {...form.getInputProps('isShared', { type: 'checkbox' })}
          />
        ) : null}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t('clients.view.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
