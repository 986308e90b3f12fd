import { Button, Drawer } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import {
  countOperatorItems,
  createOperatorItem,
  discardItemDraft,
  getOperatorItem,
  listOperatorItems,
  publishItems,
  setItemsOnSale,
  updateOperatorItem,
} from '../contract.ts'
import { ItemForm } from './item-form.tsx'
import './catalogue-items.css'

/** Reads again whatever shows the operator's items. */
export function refreshItems(): Promise<unknown> {
  return refresh(listOperatorItems, countOperatorItems, getOperatorItem)
}

/** A new item, or one to change, publish, or take off sale, with its versions. */
export function ItemDrawer({
  id,
  currency,
  onClose,
}: {
  /** `nouveau` makes one; undefined shows nothing. */
  id: string | undefined
  currency: string
  onClose: () => void
}) {
  const t = useT()
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size={560}
      title={t(id === 'nouveau' ? 'catalogue.item.new' : 'catalogue.item.edit')}
    >
      {id === 'nouveau' ? (
        <ItemForm
          item={undefined}
          currency={currency}
          submitLabel={t('catalogue.item.create')}
          onSubmit={async (body) => {
            await call(createOperatorItem, { body })
            await refreshItems()
            notify(t('catalogue.item.created', { name: body.name }))
            onClose()
          }}
        />
      ) : id === undefined ? null : (
        <ExistingItem key={id} id={id} />
      )}
    </Drawer>
  )
}

function ExistingItem({ id }: { id: string }) {
  const t = useT()
  const format = useFormat()
  const { data: item, error, refetch } = useEndpoint(getOperatorItem, { params: { id } })
  if (error) return <ErrorState error={error} page={t('catalogue.item.edit')} retry={() => void refetch()} />
  if (!item) return null
  const doing = (act: () => Promise<unknown>, done: string) => () =>
    void act()
      .then(refreshItems)
      .then(() => notify(done), notifyError)
  return (
    <div className="item-drawer">
      {item.draftVersion !== null && item.publishedVersion !== null && item.publishedPrice ? (
        <Notice tone="info" inline>
          {t('catalogue.item.draftNotice', { price: format.money(item.publishedPrice) })}
        </Notice>
      ) : null}
      <div className="item-drawer-acts">
        {item.draftVersion === null ? null : (
          <Button
            onClick={doing(
              () => call(publishItems, { body: { items: [item.id] } }),
              t('catalogue.done.published', { n: 1 }),
            )}
          >
            {t('catalogue.item.publish', { price: format.money(item.price) })}
          </Button>
        )}
        {item.draftVersion !== null && item.publishedVersion !== null ? (
          <Button
            variant="default"
            onClick={doing(
              () => call(discardItemDraft, { params: { id } }),
              t('catalogue.done.draftDiscarded'),
            )}
          >
            {t('catalogue.item.discard')}
          </Button>
        ) : null}
        {item.state === 'published' || item.state === 'retired' ? (
          <Button
            variant="default"
            onClick={doing(
              () => call(setItemsOnSale, { body: { items: [item.id], onSale: item.state === 'retired' } }),
              t(item.state === 'retired' ? 'catalogue.done.onSale' : 'catalogue.done.retired', { n: 1 }),
            )}
          >
            {t(item.state === 'retired' ? 'catalogue.item.putOnSale' : 'catalogue.item.retire')}
          </Button>
        ) : null}
      </div>
      <ItemForm
        key={item.version}
        item={item}
        currency={item.price.currency}
        submitLabel={t('catalogue.item.saveDraft')}
        onSubmit={async (given) => {
          // Orders and imports know an item by its reference: it stays.
          const { reference, ...body } = given
          if (reference !== item.reference) return
          await call(updateOperatorItem, { params: { id }, body: { ...body, version: item.version } })
          await refreshItems()
          notify(t('catalogue.item.drafted'))
        }}
      />
      <section>
        <SectionHead title={t('catalogue.item.versions')} count={item.versions.length} />
        <ol className="item-versions">
          {item.versions.map((v) => (
            <li key={v.number}>
              <b className="figures">{t('catalogue.item.version', { n: v.number })}</b>
              <span>
                {v.name}
                <small className="ink-3">{v.createdBy}</small>
              </span>
              <span className="figures">
                <MoneyText value={v.price} />
                <small className="ink-3">
                  {v.publishedAt ? <DateText value={v.publishedAt} short /> : t('catalogue.state.draft')}
                </small>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
