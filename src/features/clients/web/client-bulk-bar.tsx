import { Suspense, lazy, useState } from 'react'
import { Menu, Popover } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconDots,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconTag,
  IconUserPlus,
} from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { BulkAction } from '../../../web/kit/bulk-action.tsx'
import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import type { SelectionControl } from '../../../web/kit/selection.ts'
import { useRight } from '../../../web/me.ts'
import { AssignPicker } from './assign-picker.tsx'
import { targetsOf } from './client-targets.ts'
import { ExportItems } from './export-menu.tsx'
import type { ListParams } from '../../saved-views/web/view-list.ts'
import type { useBulkActs } from './use-bulk-acts.ts'

const TagForm = lazy(() => import('./tag-form.tsx').then((m) => ({ default: m.TagForm })))

type ClientBulkBarProps = {
  selection: SelectionControl
  matching: number
  filter: ListParams
  sort: string | undefined
  acts: ReturnType<typeof useBulkActs>
  onJob: (jobId: string) => void
  /** The panel that is open; the list opens "assign" with the letter A. */
  panel: 'assign' | 'tag' | undefined
  onPanel: (panel: 'assign' | 'tag' | undefined) => void
}

/** What can be done to the selection (picture 02). */
export function ClientBulkBar(props: ClientBulkBarProps) {
  const t = useT()
  const countText = useCountText()
  const { selection, matching, filter, acts, panel, onPanel } = props
  const [exporting, setExporting] = useState(false)
  const may = {
    assign: useRight('clients.assign'),
    archive: useRight('clients.archive'),
    edit: useRight('clients.edit'),
    export: useRight('clients.export'),
  }
  const targets = targetsOf(selection, filter)
  const n = selection.count(matching)
  const close = () => onPanel(undefined)
  const done = (act: Promise<void>) => {
    selection.clear()
    return act
  }
  const archived = filter['status'] === 'archived'
  return (
    <BulkBar selection={selection} matching={matching}>
      {may.assign ? (
        <Popover
          opened={panel === 'assign'}
          onChange={(open) => onPanel(open ? 'assign' : undefined)}
          position="top-start"
          trapFocus
          returnFocus
          width={330}
        >
          <Popover.Target>
            <BulkAction
              icon={<IconUserPlus size={16} />}
              letter="A"
              onClick={() => onPanel(panel === 'assign' ? undefined : 'assign')}
            >
              {t('clients.act.assign')}
            </BulkAction>
          </Popover.Target>
          <Popover.Dropdown p={0} aria-label={t('clients.act.assign')}>
            {panel === 'assign' ? (
              <AssignPicker
                targets={targets}
                count={n}
                onAssign={(change) => done(acts.assign(targets, change))}
                onClose={close}
              />
            ) : null}
          </Popover.Dropdown>
        </Popover>
      ) : null}
      {may.edit ? (
        <Popover
          opened={panel === 'tag'}
          onChange={(open) => onPanel(open ? 'tag' : undefined)}
          position="top-start"
          trapFocus
          returnFocus
          width={330}
        >
          <Popover.Target>
            <BulkAction
              icon={<IconTag size={16} />}
              onClick={() => onPanel(panel === 'tag' ? undefined : 'tag')}
            >
              {t('clients.act.tag')}
            </BulkAction>
          </Popover.Target>
          <Popover.Dropdown p={0} aria-label={t('clients.act.tag')}>
            {panel === 'tag' ? (
              <Suspense fallback={null}>
                <TagForm
                  submitLabel={t('clients.act.tagN', { n, count: countText(n) })}
                  onTag={(change) => void done(acts.tag(targets, change))}
                  onClose={close}
                />
              </Suspense>
            ) : null}
          </Popover.Dropdown>
        </Popover>
      ) : null}
      {may.export ? (
        <Menu opened={exporting} onChange={setExporting} position="top-start">
          <Menu.Target>
            <BulkAction icon={<IconDownload size={16} />}>{t('clients.act.export')}</BulkAction>
          </Menu.Target>
          <Menu.Dropdown>
            <ExportItems targets={targets} sort={props.sort} onJob={props.onJob} />
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {may.archive && !archived ? (
        <>
          <BulkAction
            icon={<IconArchive size={16} />}
            onClick={() => void done(acts.setStatus(targets, 'archived'))}
          >
            {t('clients.act.archive')}
          </BulkAction>
          <Menu position="top-end">
            <Menu.Target>
              <BulkAction icon={<IconDots size={16} />} aria-label={t('clients.act.more')} />
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconPlayerPause size={15} />}
                onClick={() => void done(acts.setStatus(targets, 'paused'))}
              >
                {t('clients.act.pause')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPlayerPlay size={15} />}
                onClick={() => void done(acts.setStatus(targets, 'active'))}
              >
                {t('clients.act.resume')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      ) : null}
      {may.archive && archived ? (
        <BulkAction
          icon={<IconArchiveOff size={16} />}
          onClick={() => void done(acts.setStatus(targets, 'active'))}
        >
          {t('clients.act.restore')}
        </BulkAction>
      ) : null}
    </BulkBar>
  )
}
