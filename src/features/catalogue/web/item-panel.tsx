import { Button, Drawer } from '@mantine/core'
import { IconExternalLink, IconEye, IconEyeOff, IconShoppingCartPlus } from '@tabler/icons-react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { Properties, Property, SectionHead } from '../../../web/kit/record-layout.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { getCatalogueItem, type CatalogueItem } from '../contract.ts'
import { KindIcon, Score, useLanguageName } from './item-words.tsx'
import { RetailForm } from './retail-form.tsx'
import { hideItems } from './use-item-acts.ts'
import './catalogue.css'

/** An item at the list's side: what it is, its figures, its price, and what may be done with it. */
export function ItemPanel({
  id,
  onOrder,
  onClose,
}: {
  id: string | undefined
  /** Absent for who may not order. */
  onOrder?: (id: string) => void
  onClose: () => void
}) {
  const t = useT()
  const { data, error, refetch } = useEndpoint(
    getCatalogueItem,
    { params: { id: id ?? '' } },
    { enabled: id !== undefined },
  )
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size={440}
      title={t('catalogue.panel.title')}
    >
      {error ? (
        <ErrorState error={error} page={t('catalogue.panel.title')} retry={() => void refetch()} />
      ) : data ? (
        <ItemDetails key={data.id} item={data} {...(onOrder && { onOrder })} />
      ) : null}
    </Drawer>
  )
}

function ItemDetails({ item, onOrder }: { item: CatalogueItem; onOrder?: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const languageName = useLanguageName()
  return (
    <div className="item-panel">
      <header>
        <KindIcon kind={item.kind} />
        <div>
          <h2>{item.name}</h2>
          {item.site ? (
            <a href={`https://${item.site}`} target="_blank" rel="noreferrer noopener">
              {item.site}
              <IconExternalLink size={13} aria-hidden="true" />
            </a>
          ) : (
            <span className="ink-3">{t(`catalogue.kind.${item.kind}`)}</span>
          )}
        </div>
      </header>
      {item.hidden ? (
        <Notice tone="info" inline>
          {t(item.hidden === 'item' ? 'catalogue.panel.hiddenItem' : 'catalogue.panel.hiddenRule')}
        </Notice>
      ) : null}
      {item.description ? <p>{item.description}</p> : null}
      <div className="item-panel-price">
        <span className="item-panel-retail">
          <MoneyText value={item.retail} />
        </span>
        <span className="ink-2">{t('catalogue.panel.delivered', { n: item.delayDays })}</span>
      </div>
      <div className="item-panel-acts">
        {onOrder && !item.hidden ? (
          <Button leftSection={<IconShoppingCartPlus size={16} />} onClick={() => onOrder(item.id)}>
            {t('catalogue.act.order')}
          </Button>
        ) : null}
        {item.can.hide && item.hidden !== 'rule' ? (
          <Button
            variant="default"
            leftSection={item.hidden ? <IconEye size={16} /> : <IconEyeOff size={16} />}
            onClick={() => void hideItems([item.id], item.hidden === null)}
          >
            {t(item.hidden ? 'catalogue.act.show' : 'catalogue.act.hide')}
          </Button>
        ) : null}
      </div>
      {item.wholesale && item.margin ? (
        <section>
          <SectionHead title={t('catalogue.panel.yourPrice')} />
          <Properties>
            <Property name={t('catalogue.column.wholesale')}>
              <MoneyText value={item.wholesale} />
            </Property>
            <Property name={t('catalogue.column.margin')}>
              <MoneyText value={item.margin} />
              {item.wholesale.amount > 0 ? (
                <span className="ink-3"> · {format.percent(item.margin.amount / item.wholesale.amount)}</span>
              ) : null}
            </Property>
            <Property name={t('catalogue.panel.source')}>
              {t(`catalogue.source.${item.retailSource ?? 'wholesale'}`)}
            </Property>
          </Properties>
          <RetailForm key={`${item.retail.amount}${item.retailSource}`} item={item} />
        </section>
      ) : null}
      <section>
        <SectionHead title={t('catalogue.panel.figures')} />
        <Properties>
          <Property name={t('catalogue.column.trust')}>
            <Score value={item.trust} name={t('catalogue.column.trust')} />
          </Property>
          <Property name={t('catalogue.column.citation')}>
            <Score value={item.citation} name={t('catalogue.column.citation')} />
          </Property>
          <Property name={t('catalogue.column.traffic')}>
            {item.traffic === null ? '—' : t('catalogue.visits', { n: item.traffic })}
          </Property>
          <Property name={t('catalogue.column.theme')}>{t(`catalogue.theme.${item.theme}`)}</Property>
          <Property name={t('catalogue.column.language')}>{languageName(item.language)}</Property>
          <Property name={t('catalogue.column.country')}>{format.country(item.country)}</Property>
          <Property name={t('catalogue.column.reference')}>{item.reference}</Property>
        </Properties>
      </section>
    </div>
  )
}
