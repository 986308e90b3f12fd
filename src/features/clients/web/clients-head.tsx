import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPlus, IconSettings, IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { ExportMenu } from './export-menu.tsx'
import type { ListParams } from '../../saved-views/web/view-list.ts'

type ClientsHeadProps = {
  count: number | undefined
  filter: ListParams
  sort: string | undefined
  onJob: (jobId: string) => void
  onNew: () => void
}

/** Title, count, and the page's acts: settings, import, export, "Nouveau client" (A2, E3). */
export function ClientsHead({ count, filter, sort, onJob, onNew }: ClientsHeadProps) {
  const t = useT()
  const may = {
    edit: useRight('agency.edit'),
    import: useRight('clients.import'),
    export: useRight('clients.export'),
    create: useRight('clients.create'),
  }
  return (
    <PageHead
      title={t('clients.title')}
      count={count}
      actions={
        <>
          {may.edit ? (
            <Tooltip label={t('clients.settings')}>
              <ActionIcon
                className="phone-hidden"
                size={32}
                variant="subtle"
                color="gray"
                aria-label={t('clients.settings')}
                renderRoot={(root) => <Link to={paths.settings()} {...root} />}
              >
                <IconSettings size={18} />
              </ActionIcon>
            </Tooltip>
          ) : null}
          {may.import ? (
            <Button
              className="phone-hidden"
              variant="default"
              leftSection={<IconUpload size={15} />}
              renderRoot={(root) => <Link to={paths.importRun('nouveau')} {...root} />}
            >
              {t('clients.act.import')}
            </Button>
          ) : null}
          {may.export ? <ExportMenu targets={{ query: filter }} sort={sort} onJob={onJob} /> : null}
          {may.create ? (
            <Button leftSection={<IconPlus size={15} />} onClick={onNew}>
              {t('clients.act.new')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}
