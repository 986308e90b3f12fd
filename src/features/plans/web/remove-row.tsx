import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'

/** The end of a line that can be taken out of a table. */
export function RemoveRow({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={onRemove}>
      <IconTrash size={16} />
    </ActionIcon>
  )
}
