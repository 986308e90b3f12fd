import { useCallback, useState } from 'react'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import {
  IconAdjustmentsDollar,
  IconBasketOff,
  IconEye,
  IconEyeOff,
  IconShoppingCartPlus,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { BulkAction } from '../../../web/kit/bulk-action.tsx'
import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { ListControls } from '../../../web/kit/list-controls.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { useSelection } from '../../../web/kit/selection.ts'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { ChooseClientDialog } from '../../carts/web/choose-client-dialog.tsx'
import { useViewList } from '../../saved-views/web/view-list.ts'
import { ViewTabsRow } from '../../saved-views/web/view-tabs-row.tsx'
import { searchCatalogue, type CatalogueItem } from '../contract.ts'
import { useItemColumns, useItemColumnVisibility } from './catalogue-columns.tsx'
import { CatalogueFilters, useFacets } from './catalogue-filters.tsx'
import { ItemPanel } from './item-panel.tsx'
import { KindIcon } from './item-words.tsx'
import { catalogueViewList, catalogueViews } from './list-params.ts'
import { hideItems } from './use-item-acts.ts'
import './catalogue.css'

const sorts = ['-trust', '-citation', '-traffic', 'price', '-price', 'delay', 'name'] as const

/** Items ordered at once at most: what a cart's address may hold. */
const mostOrdered = 50

/** What the agency sells: search with facets, comparison, and the owners' acts on prices and hidden items. */
export function CataloguePage() {
  const t = useT()
  const countText = useCountText()
  const [search, setSearch] = useSearchState()
  const list = useViewList(catalogueViewList)
  const { params, filter } = list
  const manages = useRight('catalogue.manage')
  const canOrder = useRight('orders.place')
  const [ordering, setOrdering] = useState<string[]>([])
  const searching = Boolean(params['q'])
  const query = { ...filter, ...(params['sort'] && { sort: params['sort'] }) }
  const read = useList(searchCatalogue, { query } as never)
  const rows = read.rows as CatalogueItem[]
  const facets = useFacets(filter)
  const selection = useSelection(query)
  const { clear } = selection
  const columns = useItemColumns()
  const shown = useItemColumnVisibility(params['columns'], manages)
  const open = useCallback((i: CatalogueItem) => setSearch({ article: i.id }, { push: true }), [setSearch])
  const rowActions = useCallback(
    (i: CatalogueItem) => (
      <>
        {canOrder && !i.hidden ? (
          <Tooltip label={t('catalogue.act.order')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              tabIndex={-1}
              aria-label={t('catalogue.act.orderOne', { name: i.name })}
              onClick={() => setOrdering([i.id])}
            >
              <IconShoppingCartPlus size={17} />
            </ActionIcon>
          </Tooltip>
        ) : null}
        {i.can.hide && i.hidden !== 'rule' ? (
          <Tooltip label={t(i.hidden ? 'catalogue.act.show' : 'catalogue.act.hide')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              tabIndex={-1}
              aria-label={t(i.hidden ? 'catalogue.act.showOne' : 'catalogue.act.hideOne', { name: i.name })}
              onClick={() => void hideItems([i.id], i.hidden === null)}
            >
              {i.hidden ? <IconEye size={17} /> : <IconEyeOff size={17} />}
            </ActionIcon>
          </Tooltip>
        ) : null}
      </>
    ),
    [t, canOrder],
  )
  const total = facets?.total
  const sort = params['sort'] ?? (searching ? 'relevance' : '-trust')
  const sortNames = [
    ...(searching ? [{ value: 'relevance', label: t('catalogue.sort.relevance') }] : []),
    ...sorts.map((value) => ({ value, label: t(`catalogue.sort.${value}`) })),
  ]
  const hiddenShown = filter['hidden'] === 'true'
  const canSelect = manages || canOrder
  return (
    <>
      <PageHead
        title={t('catalogue.title')}
        count={total}
        actions={
          manages ? (
            <Button
              variant="default"
              leftSection={<IconAdjustmentsDollar size={16} />}
              renderRoot={(root) => <Link to={paths.catalogueRules} {...root} />}
            >
              {t('catalogue.rules.title')}
            </Button>
          ) : null
        }
      />
      <ViewTabsRow
        label={t('clients.views')}
        list={list}
        builtIn={catalogueViews
          .filter((v) => v.id !== 'hidden' || manages)
          .map((v) => ({ id: v.id, label: t(`catalogue.view.${v.id}`) }))}
      />
      <Toolbar
        end={
          <ListControls
            sorts={sortNames}
            sort={sort}
            firstSort={searching ? 'relevance' : '-trust'}
            compact={params['compact'] === '1'}
            columns={shown}
            onChange={list.change}
          />
        }
      >
        <SearchField
          label={t('catalogue.search')}
          hint={t('catalogue.searchHint')}
          value={params['q'] ?? ''}
          onChange={(q) => list.change({ q: q || undefined })}
        />
        <CatalogueFilters params={params} facets={facets} onChange={list.change} />
      </Toolbar>
      {hiddenShown ? (
        <div className="catalogue-notice">
          <Notice tone="info" inline>
            {t('catalogue.hiddenNotice')}
          </Notice>
        </div>
      ) : null}
      {read.error && rows.length === 0 ? (
        <ErrorState error={read.error} what={t('catalogue.unreadable')} retry={() => void read.refetch()} />
      ) : (
        <DataGrid
          {...read.grid}
          rows={rows}
          total={total}
          label={t('catalogue.title')}
          columns={columns}
          visibility={shown.visibility}
          compact={params['compact'] === '1'}
          rowId={rowId}
          rowName={rowName}
          onOpen={open}
          sort={sort}
          onSort={(value) => list.change({ sort: value })}
          {...(canSelect && { selection })}
          rowActions={rowActions}
          renderCard={(i) => (
            <RowCard
              icon={<KindIcon kind={i.kind} />}
              title={i.name}
              onOpen={() => open(i)}
              badge={
                <b className="figures">
                  <MoneyText value={i.retail} />
                </b>
              }
              start={
                <span className="ink-2 item-card-site">
                  {i.site ?? t('catalogue.days', { n: i.delayDays })}
                </span>
              }
              end={
                <span className="ink-3 item-card-end">
                  {i.trust === null
                    ? t(`catalogue.kind.${i.kind}`)
                    : t('catalogue.trustShort', { n: i.trust })}
                </span>
              }
            />
          )}
          empty={
            Object.keys(filter).length > 0 ? (
              <NoMatch title={t('catalogue.noMatch')} onClear={() => list.show('all')} />
            ) : (
              <Empty icon={<IconBasketOff size={28} stroke={1.5} />} title={t('catalogue.empty')}>
                {t('catalogue.emptyText')}
              </Empty>
            )
          }
        />
      )}
      <GridFoot hints={canSelect ? [{ key: 'X', label: t('clients.hint.select') }] : []}>
        {total === undefined ? null : (
          <span className="figures">
            {t('catalogue.count', { count: total, n: countText(total, 'long') })}
          </span>
        )}
      </GridFoot>
      <BulkBar selection={selection} matching={selection.ids.length}>
        {canOrder && !hiddenShown ? (
          <BulkAction
            icon={<IconShoppingCartPlus size={16} />}
            disabled={selection.ids.length > mostOrdered}
            title={
              selection.ids.length > mostOrdered ? t('catalogue.tooMany', { n: mostOrdered }) : undefined
            }
            onClick={() => setOrdering(selection.ids)}
          >
            {t('catalogue.act.orderN', { n: selection.ids.length })}
          </BulkAction>
        ) : null}
        {manages ? (
          <BulkAction
            icon={hiddenShown ? <IconEye size={16} /> : <IconEyeOff size={16} />}
            onClick={() => {
              void hideItems(selection.ids, !hiddenShown)
              clear()
            }}
          >
            {t(hiddenShown ? 'catalogue.act.showN' : 'catalogue.act.hideN', { n: selection.ids.length })}
          </BulkAction>
        ) : null}
      </BulkBar>
      <ItemPanel
        id={search['article']}
        {...(canOrder && { onOrder: (id: string) => setOrdering([id]) })}
        onClose={() => setSearch({ article: undefined })}
      />
      <ChooseClientDialog opened={ordering.length > 0} items={ordering} onClose={() => setOrdering([])} />
    </>
  )
}

const rowId = (i: CatalogueItem) => i.id
const rowName = (i: CatalogueItem) => i.name
