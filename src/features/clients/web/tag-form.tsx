import { useEffect, useMemo, useRef, useState } from 'react'
import { Button, Group, Stack, TagsInput } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listClientValues } from '../contract.ts'

type TagFormProps = {
  submitLabel: string
  onTag: (change: { add: string[]; remove: string[] }) => void
  onClose: () => void
}

/** Labels to add to the chosen clients, and labels to take off. */
export function TagForm({ submitLabel, onTag, onClose }: TagFormProps) {
  const t = useT()
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const { data } = useEndpoint(listClientValues, { params: { field: 'tag' } }, { staleTime: 60_000 })
  const field = useRef<HTMLInputElement>(null)
  // The panel opened before this form's code had come: its own search for a field to focus found none.
  useEffect(() => field.current?.focus(), [])
  const known = useMemo(() => (data?.data ?? []).map((v) => v.value), [data])
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onClose()
        onTag({ add, remove })
      }}
    >
      <Stack gap={12} p={12}>
        <TagsInput
          ref={field}
          data-autofocus
          label={t('clients.tags.add')}
          description={t('clients.tags.addHelp')}
          data={known}
          value={add}
          onChange={setAdd}
          maxTags={20}
          maxLength={40}
          comboboxProps={{ withinPortal: false, position: 'top' }}
        />
        <TagsInput
          label={t('clients.tags.remove')}
          data={known}
          value={remove}
          onChange={setRemove}
          maxTags={20}
          maxLength={40}
          comboboxProps={{ withinPortal: false, position: 'top' }}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" disabled={add.length === 0 && remove.length === 0}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
