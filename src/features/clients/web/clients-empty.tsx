import { Button } from '@mantine/core'
import { IconUpload, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import type { ViewListState } from '../../saved-views/web/view-list.ts'

/** Nothing to list: how to begin, or how to widen the search; a name nobody has can be created from here. */
export function ClientsEmpty({
  list,
  canCreate,
  onCreate,
}: {
  list: ViewListState
  canCreate: boolean
  onCreate: () => void
}) {
  const t = useT()
  const canImport = useRight('clients.import')
  const typed = list.params['q']
  if (list.tab === 'unassigned' && !typed)
    return (
      <Empty icon={<IconUsers size={28} stroke={1.5} />} title={t('clients.empty.unassigned')}>
        {t('clients.empty.unassignedText')}
      </Empty>
    )
  if (Object.keys(list.filter).length > 0)
    return (
      <NoMatch
        title={typed ? t('clients.noMatch.typed', { typed }) : t('clients.noMatch')}
        onClear={() => list.show('all')}
        create={
          typed && canCreate ? (
            <Button leftSection={<IconUserPlus size={15} />} onClick={onCreate}>
              {t('clients.noMatch.create', { name: typed })}
            </Button>
          ) : null
        }
      />
    )
  return (
    <Empty
      icon={<IconUsers size={28} stroke={1.5} />}
      title={t('clients.empty')}
      action={
        <>
          {canCreate ? (
            <Button leftSection={<IconUserPlus size={15} />} onClick={onCreate}>
              {t('clients.act.new')}
            </Button>
          ) : null}
          {canImport ? (
            <Button
              variant="default"
              leftSection={<IconUpload size={15} />}
              renderRoot={(root) => <Link to={paths.importRun('nouveau')} {...root} />}
            >
              {t('clients.empty.import')}
            </Button>
          ) : null}
        </>
      }
    >
      {t(canCreate ? 'clients.empty.text' : 'clients.empty.textReader')}
    </Empty>
  )
}
