import { useCallback, useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { IconBasketOff, IconPlus, IconSend, IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { itemKinds, itemThemes } from '../../../contract/catalogue-fields.ts'
import { joinList, splitList } from '../../../contract/list-of.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, Tag } from '../../../web/kit/badges.tsx'
import { BulkAction } from '../../../web/kit/bulk-action.tsx'
import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { FilterBuilder } from '../../../web/kit/filter-builder.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { useSelection } from '../../../web/kit/selection.ts'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { KindIcon } from '../../catalogue/web/item-words.tsx'
import {
  countOperatorItems,
  listOperatorItems,
  publishItems,
  setItemsOnSale,
  type OperatorItem,
} from '../contract.ts'
import { ItemDrawer, refreshItems } from './item-drawer.tsx'
import './catalogue-items.css'

const tabs = {
  all: {},
  published: { state: 'published' },
  pending: { pending: 'true' },
  retired: { state: 'retired' },
} as const
type Tab = keyof typeof tabs
const sorts = ['-createdAt', 'name', 'price', '-price'] as const

/** The operator's catalogue: every item, its drafts, and their publication. */
export function CatalogueItemsPage() {
  const t = useT()
  const format = useFormat()
  const [search, setSearch] = useSearchState()
  const [publishing, setPublishing] = useState(false)
  const tab: Tab = (search['vue'] ?? 'all') in tabs ? ((search['vue'] ?? 'all') as Tab) : 'all'
  const query = Object.fromEntries(
    Object.entries({
      ...tabs[tab],
      q: search['q'],
      kind: search['kind'],
      theme: search['theme'],
      sort: search['sort'],
    }).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
  const list = useList(listOperatorItems, { query: { ...query, total: 'true' } } as never)
  const rows = list.rows as OperatorItem[]
  const { data: counts } = useEndpoint(countOperatorItems, {})
  const selection = useSelection(query)
  const { clear } = selection
  const open = useCallback((i: OperatorItem) => setSearch({ article: i.id }, { push: true }), [setSearch])
  const act = (work: () => Promise<{ n: number; done: string }>) =>
    void work()
      .then(async ({ done }) => {
        clear()
        await refreshItems()
        notify(done)
      })
      .catch(notifyError)
  const columns = useMemo<GridColumn<OperatorItem>[]>(
    () => [
      {
        id: 'item',
        header: t('catalogue.column.item'),
        sort: 'name',
        cell: (i) => (
          <IdentityCell
            icon={<KindIcon kind={i.kind} />}
            name={i.name}
            detail={[i.reference, i.site].filter(Boolean).join(' · ')}
            after={
              i.draftVersion !== null && i.publishedVersion !== null ? (
                <Tag small>{t('catalogue.state.pending')}</Tag>
              ) : null
            }
          />
        ),
      },
      {
        id: 'state',
        header: t('catalogue.column.state'),
        width: 120,
        cell: (i) => <ItemState item={i} />,
      },
      {
        id: 'theme',
        header: t('catalogue.column.theme'),
        width: 140,
        cell: (i) => <span className="ink-2">{t(`catalogue.theme.${i.theme}`)}</span>,
      },
      {
        id: 'country',
        header: t('catalogue.column.country'),
        width: 130,
        cell: (i) => <span className="ink-2">{format.country(i.country)}</span>,
      },
      {
        id: 'trust',
        header: t('catalogue.column.trust'),
        width: 96,
        align: 'end',
        cell: (i) => <span className="figures">{i.trust === null ? '—' : format.number(i.trust)}</span>,
      },
      {
        id: 'price',
        header: t('catalogue.column.wholesale'),
        width: 128,
        align: 'end',
        sort: 'price',
        cell: (i) => <MoneyText value={i.price} />,
      },
      {
        id: 'updated',
        header: t('catalogue.column.updated'),
        width: 150,
        cell: (i) => <RelativeDate value={i.updatedAt} />,
      },
    ],
    [t, format],
  )
  const sort = search['sort'] ?? '-createdAt'
  const pending = counts?.pending ?? 0
  return (
    <>
      <PageHead
        title={t('catalogue.title')}
        count={counts?.all}
        actions={
          <>
            <Button
              className="phone-hidden"
              variant="default"
              leftSection={<IconUpload size={15} />}
              renderRoot={(root) => <Link to={paths.catalogueImport('nouveau')} {...root} />}
            >
              {t('catalogue.item.import')}
            </Button>
            {pending > 0 ? (
              <Button variant="default" onClick={() => setPublishing(true)}>
                {t('catalogue.item.publishAll', { n: pending })}
              </Button>
            ) : null}
            <Button
              leftSection={<IconPlus size={15} />}
              onClick={() => setSearch({ article: 'nouveau' }, { push: true })}
            >
              {t('catalogue.item.new')}
            </Button>
          </>
        }
      />
      <ViewTabs
        label={t('clients.views')}
        current={tab}
        onChange={(id) => setSearch({ vue: id === 'all' ? undefined : id }, { push: true })}
        tabs={(Object.keys(tabs) as Tab[]).map((id) => ({
          id,
          label: t(`catalogue.tab.${id}`),
          count: counts?.[id],
          warn: id === 'pending' && pending > 0,
        }))}
      />
      <Toolbar
        end={
          <SortMenu
            options={sorts.map((value) => ({ value, label: t(`catalogue.item.sort.${value}`) }))}
            value={sort}
            onChange={(value) => setSearch({ sort: value === '-createdAt' ? undefined : value })}
          />
        }
      >
        <SearchField
          label={t('catalogue.search')}
          hint={t('catalogue.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q })}
        />
        <FilterBuilder
          fields={[
            {
              id: 'kind',
              name: t('catalogue.column.kind'),
              pinned: true,
              options: itemKinds.map((k) => ({ value: k, label: t(`catalogue.kind.${k}`) })),
            },
            {
              id: 'theme',
              name: t('catalogue.column.theme'),
              pinned: true,
              options: itemThemes
                .map((k) => ({ value: k as string, label: t(`catalogue.theme.${k}`) }))
                .toSorted((a, b) => a.label.localeCompare(b.label)),
            },
          ]}
          values={{ kind: splitList(search['kind'] ?? ''), theme: splitList(search['theme'] ?? '') }}
          onChange={(field, picked) => setSearch({ [field]: joinList(picked) })}
        />
      </Toolbar>
      {list.error ? (
        <ErrorState error={list.error} what={t('catalogue.unreadable')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('catalogue.title')}
          columns={columns}
          rowId={(i) => i.id}
          rowName={(i) => i.name}
          onOpen={open}
          sort={sort}
          onSort={(value) => setSearch({ sort: value })}
          selection={selection}
          renderCard={(i) => (
            <RowCard
              icon={<KindIcon kind={i.kind} />}
              title={i.name}
              onOpen={() => open(i)}
              badge={<ItemState item={i} />}
              start={<span className="ink-2">{i.reference}</span>}
              end={<MoneyText value={i.price} />}
            />
          )}
          empty={
            Object.keys(query).length > 0 ? (
              <NoMatch
                title={t('catalogue.noMatch')}
                onClear={() => setSearch({ q: undefined, kind: undefined, theme: undefined, vue: undefined })}
              />
            ) : (
              <Empty
                icon={<IconBasketOff size={28} stroke={1.5} />}
                title={t('catalogue.empty')}
                action={
                  <Button
                    leftSection={<IconUpload size={15} />}
                    renderRoot={(root) => <Link to={paths.catalogueImport('nouveau')} {...root} />}
                  >
                    {t('catalogue.item.import')}
                  </Button>
                }
              >
                {t('catalogue.item.emptyText')}
              </Empty>
            )
          }
        />
      )}
      <BulkBar selection={selection} matching={selection.ids.length}>
        <BulkAction
          icon={<IconSend size={16} />}
          onClick={() =>
            act(async () => {
              const { published } = await call(publishItems, {
                body: { items: selection.ids.slice(0, 500) },
              })
              return { n: published, done: t('catalogue.done.published', { n: published }) }
            })
          }
        >
          {t('catalogue.item.publishN', { n: Math.min(500, selection.ids.length) })}
        </BulkAction>
        <BulkAction
          icon={<IconBasketOff size={16} />}
          onClick={() =>
            act(async () => {
              const onSale = tab === 'retired'
              const { changed } = await call(setItemsOnSale, {
                body: { items: selection.ids.slice(0, 500), onSale },
              })
              return {
                n: changed,
                done: t(onSale ? 'catalogue.done.onSale' : 'catalogue.done.retired', { n: changed }),
              }
            })
          }
        >
          {t(tab === 'retired' ? 'catalogue.item.putOnSaleN' : 'catalogue.item.retireN', {
            n: Math.min(500, selection.ids.length),
          })}
        </BulkAction>
      </BulkBar>
      <ItemDrawer
        id={search['article']}
        currency={rows[0]?.price.currency ?? 'EUR'}
        onClose={() => setSearch({ article: undefined })}
      />
      <ConfirmDialog
        opened={publishing}
        onClose={() => setPublishing(false)}
        title={t('catalogue.item.publishTitle', { n: pending })}
        confirmLabel={t('catalogue.item.publishAll', { n: pending })}
        onConfirm={async () => {
          const { published } = await call(publishItems, { body: { items: 'all' } })
          await refreshItems()
          notify(t('catalogue.done.published', { n: published }))
        }}
      >
        {t('catalogue.item.publishWhat')}
      </ConfirmDialog>
    </>
  )
}

function ItemState({ item }: { item: OperatorItem }) {
  const t = useT()
  const tone = item.state === 'published' ? 'ok' : item.state === 'draft' ? 'info' : 'mute'
  return <StatusBadge tone={tone}>{t(`catalogue.state.${item.state}`)}</StatusBadge>
}
