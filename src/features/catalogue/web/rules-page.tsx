import { useState } from 'react'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowUp, IconEyeOff, IconPercentage, IconPlus, IconTrash } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notify, notifyError, undoable } from '../../../web/kit/notices.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import {
  createCatalogueRule,
  deleteCatalogueRule,
  listCatalogueRules,
  moveCatalogueRule,
  type CatalogueRule,
} from '../contract.ts'
import { useLanguageName } from './item-words.tsx'
import { RuleForm } from './rule-form.tsx'
import { refreshCatalogue } from './use-item-acts.ts'
import './catalogue.css'

/** The owners' rules: what the catalogue keeps back, and the margins its retail prices are made with. */
export function CatalogueRulesPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listCatalogueRules, {})
  const [adding, setAdding] = useState<'margin' | 'hide'>()
  if (error)
    return <ErrorState error={error} page={t('catalogue.rules.title')} retry={() => void refetch()} />
  const changed = () => Promise.all([refresh(listCatalogueRules), refreshCatalogue()])
  const rules = data?.data ?? []
  const part = (effect: 'margin' | 'hide') => (
    <section>
      <SectionHead
        title={t(`catalogue.rules.${effect}`)}
        action={
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => setAdding(effect)}
          >
            {t(`catalogue.rules.add.${effect}`)}
          </Button>
        }
      />
      <p className="ink-2">{t(`catalogue.rules.${effect}Text`)}</p>
      {adding === effect ? (
        <RuleForm
          effect={effect}
          onClose={() => setAdding(undefined)}
          onSaved={async () => {
            setAdding(undefined)
            await changed()
            notify(t('catalogue.rules.added'))
          }}
        />
      ) : null}
      {rules.some((r) => r.effect === effect) ? (
        <ol>
          {rules
            .filter((r) => r.effect === effect)
            .map((rule, i) => (
              <RuleLine key={rule.id} rule={rule} first={i === 0} onChanged={changed} />
            ))}
        </ol>
      ) : (
        <p className="ink-3">{t(`catalogue.rules.none.${effect}`)}</p>
      )}
    </section>
  )
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('catalogue.title'), to: paths.catalogue }, { label: t('catalogue.rules.title') }]}
      />
      <PageHead title={t('catalogue.rules.title')} line />
      {data ? (
        <div className="catalogue-rules scrolls">
          {part('margin')}
          {part('hide')}
        </div>
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function RuleLine({
  rule,
  first,
  onChanged,
}: {
  rule: CatalogueRule
  first: boolean
  onChanged: () => Promise<unknown>
}) {
  const t = useT()
  const says = useRuleWords()
  const doing = (act: () => Promise<unknown>) => () => void act().then(onChanged, notifyError)
  const remove = async () => {
    await call(deleteCatalogueRule, { params: { id: rule.id } })
    undoable(t('catalogue.rules.deleted'), async () => {
      const made = await call(createCatalogueRule, { body: bodyOf(rule) })
      await call(moveCatalogueRule, { params: { id: made.id }, body: { position: rule.position } })
      await onChanged()
    })
  }
  return (
    <li className="catalogue-rule">
      {rule.effect === 'margin' ? <IconPercentage size={18} /> : <IconEyeOff size={18} />}
      <div>
        <b>{says.effect(rule)}</b>
        <p className="ink-2">{says.conditions(rule)}</p>
      </div>
      <span className="figures ink-3">{t('catalogue.rules.items', { n: rule.items })}</span>
      {rule.effect === 'margin' && !first ? (
        <Tooltip label={t('catalogue.rules.before')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('catalogue.rules.before')}
            onClick={doing(() =>
              call(moveCatalogueRule, {
                params: { id: rule.id },
                body: { position: Math.max(0, rule.position - 1) },
              }),
            )}
          >
            <IconArrowUp size={17} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <Tooltip label={t('catalogue.rules.delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('catalogue.rules.delete')}
          onClick={doing(remove)}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

function bodyOf(rule: CatalogueRule) {
  const { effect, kind, theme, language, country, trustBelow, percentBasisPoints, roundTo } = rule
  return {
    effect,
    kind,
    theme,
    language: language as 'fr' | null,
    country,
    trustBelow,
    percentBasisPoints,
    roundTo,
    priceFrom: rule.priceFrom?.amount ?? null,
    priceTo: rule.priceTo?.amount ?? null,
    fixed: rule.fixed.amount,
  }
}

/** A rule in words: "+ 20 % + 5,00 €, arrondi à 5,00 €" for "Liens, à partir de 400,00 €". */
function useRuleWords() {
  const t = useT()
  const format = useFormat()
  const languageName = useLanguageName()
  return {
    effect(rule: CatalogueRule): string {
      if (rule.effect === 'hide') return t('catalogue.rules.hides')
      const parts = [
        ...(rule.percentBasisPoints > 0 || rule.fixed.amount === 0
          ? [`+ ${format.percent(rule.percentBasisPoints / 10_000)}`]
          : []),
        ...(rule.fixed.amount > 0 ? [`+ ${format.money(rule.fixed)}`] : []),
      ].join(' ')
      return rule.roundTo > 1
        ? t('catalogue.rules.rounded', {
            margin: parts,
            to: format.money({ amount: rule.roundTo, currency: rule.fixed.currency }),
          })
        : parts
    },
    conditions(rule: CatalogueRule): string {
      const parts = [
        ...(rule.kind ? [t(`catalogue.kind.${rule.kind}`)] : []),
        ...(rule.theme ? [t(`catalogue.theme.${rule.theme}`)] : []),
        ...(rule.language ? [languageName(rule.language)] : []),
        ...(rule.country ? [format.country(rule.country)] : []),
        ...(rule.priceFrom ? [t('catalogue.filter.priceFrom', { from: format.money(rule.priceFrom) })] : []),
        ...(rule.priceTo ? [t('catalogue.filter.priceTo', { to: format.money(rule.priceTo) })] : []),
        ...(rule.trustBelow ? [t('catalogue.rules.trustBelow', { n: rule.trustBelow })] : []),
      ]
      return parts.length === 0 ? t('catalogue.rules.everything') : parts.join(' · ')
    },
  }
}
