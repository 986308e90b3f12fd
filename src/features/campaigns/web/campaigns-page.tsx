import { Button } from '@mantine/core'
import { IconPlus, IconTargetArrow } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { FilterChip } from '../../../web/kit/filter-chip.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { campaignPhases, campaignSorts } from '../contract.ts'
import { CampaignDialog } from './campaign-dialog.tsx'
import { CampaignList } from './campaign-list.tsx'

/** Campaigns of the clients in sight (A3, A4, C15). */
export function CampaignsPage() {
  const t = useT()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const mayEdit = useRight('campaigns.edit')
  const phase = campaignPhases.find((p) => p === search['etat'])
  const sort = campaignSorts.find((s) => s === search['sort']) ?? '-startsOn'
  const query = { ...(search['q'] && { q: search['q'] }), ...(phase && { phase }) }
  const newButton = mayEdit ? (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setSearch({ nouvelle: '1' }, { push: true })}>
      {t('campaigns.new')}
    </Button>
  ) : null
  return (
    <>
      <PageHead title={t('campaigns.title')} actions={newButton} />
      <Toolbar
        end={
          <SortMenu
            value={sort}
            onChange={(value) => setSearch({ sort: value === '-startsOn' ? undefined : value })}
            options={(['-startsOn', 'startsOn', 'name'] as const).map((value) => ({
              value,
              label: t(`campaigns.sort.${value}`),
            }))}
          />
        }
      >
        <SearchField
          label={t('campaigns.search')}
          hint={t('campaigns.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q: q || undefined })}
        />
        <FilterChip
          name={t('campaigns.state')}
          single
          options={campaignPhases.map((p) => ({ value: p, label: t(`campaigns.phase.${p}`) }))}
          value={phase ? [phase] : []}
          onChange={([etat]) => setSearch({ etat })}
        />
      </Toolbar>
      <CampaignList
        query={query}
        sort={sort}
        onSort={(value) => setSearch({ sort: value })}
        empty={
          Object.keys(query).length > 0 ? (
            <NoMatch
              title={t('campaigns.noMatch')}
              onClear={() => setSearch({ q: undefined, etat: undefined })}
            />
          ) : (
            <Empty
              icon={<IconTargetArrow size={28} stroke={1.5} />}
              title={t('campaigns.empty')}
              action={newButton}
            >
              {t('campaigns.emptyText')}
            </Empty>
          )
        }
      />
      <CampaignDialog
        opened={search['nouvelle'] === '1' && mayEdit}
        onClose={() => setSearch({ nouvelle: undefined })}
        onDone={(c) => void navigate({ to: paths.campaign(c.id) })}
      />
    </>
  )
}
