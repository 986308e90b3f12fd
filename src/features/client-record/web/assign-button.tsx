import { useState } from 'react'
import { Button, Popover } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { PeoplePicker, type PeopleChange } from '../../../web/kit/people-picker.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { explainClient } from '../../access/contract.ts'
import { getClient, listAssignableMembers, setClientAssignees } from '../contract.ts'
import { showClient, type Client } from './use-client.ts'

/** Changes who has the client and offers to put it back, the person in charge included. */
export async function changeAssignees(
  client: Client,
  change: { add?: string[]; remove?: string[]; notify?: boolean; leadId?: string | null },
): Promise<void> {
  const params = { id: client.id }
  const done = await call(setClientAssignees, { params, body: change })
  await shown(done)
  const undo = async () => {
    const restored = new Set(done.removed)
    const leadId =
      done.leadBefore !== null && (restored.has(done.leadBefore) || change.leadId !== undefined)
        ? done.leadBefore
        : change.leadId === undefined
          ? undefined
          : null
    await shown(
      await call(setClientAssignees, {
        params,
        body: {
          add: done.removed,
          remove: done.added,
          restoring: true,
          ...(leadId !== undefined && { leadId }),
        },
      }),
    )
  }
  undoable(<T id="client_record.done.assigned" values={{ name: client.name }} />, undo)
}

async function shown(done: { client: Client | null }): Promise<void> {
  if (done.client) showClient(done.client)
  else await refresh(getClient)
  refreshNavCount(paths.clients)
  void refresh(listAssignableMembers, explainClient)
}

/** "Assigné à" > "Modifier" (A17): ticks and unticks who has the client. */
export function AssignButton({
  client,
  variant,
  label,
}: {
  client: Client
  variant: 'filled' | 'default' | 'subtle'
  label?: string
}) {
  const t = useT()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={330}>
      <Popover.Target>
        <Button
          variant={variant}
          size={variant === 'subtle' ? 'sm' : 'md'}
          leftSection={variant === 'subtle' ? null : <IconUserPlus size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {label ?? t('client_record.act.assign')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('client_record.assignees.title')}>
        {opened ? <Picker client={client} onClose={() => setOpened(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function Picker({ client, onClose }: { client: Client; onClose: () => void }) {
  const t = useT()
  const { data, isPending } = useEndpoint(listAssignableMembers, { params: { id: client.id } })
  const people = (data?.data ?? []).map((m) => ({
    id: m.id,
    name: m.name,
    detail: [
      t(`role.${m.role}`),
      m.team ? t('client_record.team', { name: m.team }) : null,
      m.state === 'active' ? null : t(`client_record.member.${m.state}`),
    ]
      .filter(Boolean)
      .join(' · '),
  }))
  const submit = async ({ add, remove, notify }: PeopleChange) => {
    try {
      await changeAssignees(client, { add, remove, notify })
      onClose()
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <PeoplePicker
      people={people}
      held={Object.fromEntries((data?.data ?? []).filter((m) => m.assigned).map((m) => [m.id, 1]))}
      targets={1}
      loading={isPending}
      submitLabel={t('client_record.assignees.save')}
      onSubmit={submit}
      onCancel={onClose}
    />
  )
}
