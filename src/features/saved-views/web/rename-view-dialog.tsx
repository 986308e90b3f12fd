import { useState } from 'react'
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { listViews, updateView, type SavedView } from '../contract.ts'

type RenameProps = { view: SavedView; onClose: () => void }

/** Gives a saved view another name. */
export function RenameViewDialog({ opened, ...props }: RenameProps & { opened: boolean }) {
  const t = useT()
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('clients.view.rename')} size={420}>
      {opened ? <Rename {...props} /> : null}
    </Modal>
  )
}

function Rename({ view, onClose }: RenameProps) {
  const t = useT()
  const [name, setName] = useState(view.name)
  const [error, setError] = useState<string>()
  const save = async () => {
    if (name.trim() === '') return setError(t('field.required'))
    try {
      await call(updateView, { params: { id: view.id }, body: { name, version: view.version } })
      await refresh(listViews)
      onClose()
    } catch (problem) {
      notifyError(problem)
    }
    return undefined
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextInput
        data-autofocus
        label={t('clients.view.name')}
        value={name}
        maxLength={60}
        error={error}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit">{t('clients.view.rename')}</Button>
      </Group>
    </form>
  )
}
