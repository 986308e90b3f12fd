import { Button } from '@mantine/core'
import { IconPlus, IconWorld } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { FilterChip } from '../../../web/kit/filter-chip.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useRight } from '../../../web/me.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { projectStates } from '../contract.ts'
import { ProjectDialog } from './project-dialog.tsx'
import { ProjectList } from './project-list.tsx'

/** Sites of the clients in sight that work is bought for (C9, C20). */
export function ProjectsPage() {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const mayEdit = useRight('projects.edit')
  const state = projectStates.find((s) => s === search['etat'])
  const query = { ...(search['q'] && { q: search['q'] }), ...(state && { state }) }
  const newButton = mayEdit ? (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setSearch({ nouveau: '1' }, { push: true })}>
      {t('projects.new')}
    </Button>
  ) : null
  const filtered = Object.keys(query).length > 0
  return (
    <>
      <PageHead title={t('projects.title')} actions={newButton} />
      <Toolbar>
        <SearchField
          label={t('projects.search')}
          hint={t('projects.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q: q || undefined })}
        />
        <FilterChip
          name={t('projects.state')}
          single
          options={projectStates.map((s) => ({ value: s, label: t(`projects.state.${s}`) }))}
          value={state ? [state] : []}
          onChange={([etat]) => setSearch({ etat })}
        />
      </Toolbar>
      <ProjectList
        query={query}
        empty={
          filtered ? (
            <NoMatch
              title={t('projects.noMatch')}
              onClear={() => setSearch({ q: undefined, etat: undefined })}
            />
          ) : (
            <Empty icon={<IconWorld size={28} stroke={1.5} />} title={t('projects.empty')} action={newButton}>
              {t('projects.emptyText')}
            </Empty>
          )
        }
      />
      <ProjectDialog
        opened={search['nouveau'] === '1' && mayEdit}
        onClose={() => setSearch({ nouveau: undefined })}
      />
    </>
  )
}
