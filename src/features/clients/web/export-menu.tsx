import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { exportClients } from '../../client-export/contract.ts'
import type { Targets } from './client-targets.ts'

type ExportProps = { targets: Targets; sort: string | undefined; onJob: (jobId: string) => void }

/** The kinds of file an export can be. */
export function ExportItems({ targets, sort, onJob }: ExportProps) {
  const t = useT()
  const start = async (format: 'csv' | 'xlsx') => {
    try {
      const { jobId } = await call(exportClients, {
        body: { format, selection: targets, ...(sort && { sort }) },
      })
      onJob(jobId)
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <>
      <Menu.Item leftSection={<IconFileSpreadsheet size={16} />} onClick={() => void start('xlsx')}>
        {t('clients.export.xlsx')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={() => void start('csv')}>
        {t('clients.export.csv')}
      </Menu.Item>
    </>
  )
}

/** "Exporter": what the list shows, loaded or not. */
export function ExportMenu(props: ExportProps) {
  const t = useT()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" className="phone-hidden" leftSection={<IconDownload size={15} />}>
          {t('clients.act.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ExportItems {...props} />
      </Menu.Dropdown>
    </Menu>
  )
}
