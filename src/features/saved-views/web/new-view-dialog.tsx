import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { createView, listViews } from '../contract.ts'
import type { ViewListState } from './view-list.ts'

type NewViewProps = { list: ViewListState; canShare: boolean; onClose: () => void }

/** Names the list as it stands, pins it and shares it. */
export function NewViewDialog({ opened, ...props }: NewViewProps & { opened: boolean }) {
  const t = useT()
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('clients.view.save')} size={420}>
      {opened ? <NewView {...props} /> : null}
    </Modal>
  )
}

function NewView({ list, canShare, onClose }: NewViewProps) {
  const { params } = list
  const t = useT()
  const [, setSearch] = useSearchState()
  const form = useZodForm({
    initialValues: { page: list.of.page, name: '', query: params, isShared: false, isPinned: false },
    schema: createView.body!,
  })
  const submit = form.submit(async (values) => {
    const view = await call(createView, { body: values as never })
    void list.of.onSaved?.()
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
