import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Menu, Tooltip } from '@mantine/core'
import { IconEye, IconUserBolt } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useMe, useRight } from '../../../web/me.ts'
import { ProblemError } from '../../../web/problem-error.ts'
import { usePaletteActions } from '../../../web/shell/palette-store.ts'
import { ActingReasonDialog } from './acting-reason-dialog.tsx'
import { startActing, type Subordinate } from './start-acting.ts'

type Mode = 'acting' | 'viewing'

/** Starts a session in one gesture; the dialog appears only where the agency demands a reason. */
function useActAs(member: Subordinate): {
  start: (mode: Mode) => void
  busy: Mode | undefined
  dialog: ReactNode
  allowed: boolean
  reason: string | undefined
  looksOnly: boolean
} {
  const t = useT()
  const me = useMe()
  const holds = useRight('members.actAs')
  const [busy, setBusy] = useState<Mode>()
  const [asking, setAsking] = useState<Mode>()
  const start = (mode: Mode) => {
    setBusy(mode)
    startActing(member, mode).catch((error: unknown) => {
      setBusy(undefined)
      if (error instanceof ProblemError && error.fields['reason']) setAsking(mode)
      else notifyError(error)
    })
  }
  return {
    start,
    busy,
    // Oneself and owners can never be acted for; who else is below, the server knows.
    allowed: holds && me?.member?.id !== member.id && member.role !== 'owner',
    reason: member.state === 'active' ? undefined : t('acting.notActive'),
    looksOnly: me?.acting?.mode === 'viewing',
    dialog: asking ? (
      <ActingReasonDialog member={member} mode={asking} onClose={() => setAsking(undefined)} />
    ) : null,
  }
}

/** "Voir comme" and "Agir pour", as buttons of a page; nothing for those who may not. */
export function ActAsButtons({ member }: { member: Subordinate }) {
  const t = useT()
  const act = useActAs(member)
  if (!act.allowed) return null
  const button = (mode: Mode, label: string, hint: string, icon: ReactNode) => (
    <Tooltip label={act.reason ?? hint}>
      <Button
        variant="default"
        leftSection={icon}
        loading={act.busy === mode}
        aria-disabled={act.reason !== undefined || undefined}
        data-disabled={act.reason !== undefined || undefined}
        onClick={() => {
          if (act.reason === undefined) act.start(mode)
        }}
      >
        {label}
      </Button>
    </Tooltip>
  )
  return (
    <>
      {button(
        'viewing',
        t('acting.viewAs', { name: member.name }),
        t('acting.viewAsHint'),
        <IconEye size={16} aria-hidden="true" />,
      )}
      {act.looksOnly
        ? null
        : button(
            'acting',
            t('acting.actAs', { name: member.name }),
            t('acting.actAsHint'),
            <IconUserBolt size={16} aria-hidden="true" />,
          )}
      {act.dialog}
    </>
  )
}

/** The same in the palette of the page: Ctrl+K, "voir comme", Enter. */
function useActAsInPalette(member: Subordinate, act: ReturnType<typeof useActAs>): void {
  const t = useT()
  const run = useRef(act.start)
  useEffect(() => {
    run.current = act.start
  })
  const offered = act.allowed && act.reason === undefined
  const { looksOnly } = act
  const items = useMemo(() => {
    const item = (mode: Mode, label: string, description: string, icon: ReactNode) => ({
      id: `act-${mode}`,
      label,
      description,
      icon,
      run: () => run.current(mode),
    })
    const look = item(
      'viewing',
      t('acting.viewAs', { name: member.name }),
      t('acting.viewAsHint'),
      <IconEye size={18} stroke={1.7} />,
    )
    const actFor = item(
      'acting',
      t('acting.actAs', { name: member.name }),
      t('acting.actAsHint'),
      <IconUserBolt size={18} stroke={1.7} />,
    )
    return !offered ? [] : looksOnly ? [look] : [look, actFor]
  }, [t, member.name, offered, looksOnly])
  usePaletteActions(items)
}

/**
 * The same as items of a `Menu.Dropdown`, and in the page's palette; put `useActAsMenu(member).dialog` outside
 * the menu. One a page.
 */
export function useActAsMenu(member: Subordinate): { items: ReactNode; dialog: ReactNode } {
  const t = useT()
  const act = useActAs(member)
  useActAsInPalette(member, act)
  if (!act.allowed) return { items: null, dialog: null }
  return {
    dialog: act.dialog,
    items: (
      <>
        <Menu.Item
          leftSection={<IconEye size={15} />}
          disabled={act.reason !== undefined}
          title={act.reason ?? t('acting.viewAsHint')}
          onClick={() => act.start('viewing')}
        >
          {t('acting.viewAs', { name: member.name })}
        </Menu.Item>
        {act.looksOnly ? null : (
          <Menu.Item
            leftSection={<IconUserBolt size={15} />}
            disabled={act.reason !== undefined}
            title={act.reason ?? t('acting.actAsHint')}
            onClick={() => act.start('acting')}
          >
            {t('acting.actAs', { name: member.name })}
          </Menu.Item>
        )}
      </>
    ),
  }
}
