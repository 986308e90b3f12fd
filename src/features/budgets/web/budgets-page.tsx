import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconAdjustments, IconMessagePlus, IconPlus, IconReceipt, IconRefresh } from '@tabler/icons-react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useLive } from '../../../web/live.ts'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useSearchState } from '../../../web/search-state.ts'
import { NotFoundPage } from '../../../web/shell/not-found-page.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { Statement } from '../../wallets/web/statement.tsx'
import { getBudget, listBudgets, sumBudgetsBelow } from '../contract.ts'
import { CarryOverDialog } from './allocate-dialog.tsx'
import { refreshBudgets, type BudgetDetails } from './budget.ts'
import { BudgetList, NodeKind } from './budget-list.tsx'
import { BudgetRequests } from './budget-requests.tsx'
import { MoveDialog, type MoveAct } from './move-dialog.tsx'
import { RequestDialog } from './request-dialog.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { TopUpDialog } from './top-up-dialog.tsx'
import './budgets.css'

/**
 * Budgets: one level with what is below it, its statement and what is asked of it. The address names the level,
 * one's own when it names none; a client's own people see their clients' balances.
 */
export function BudgetsPage() {
  const id = usePathParam('id')
  const me = useMe()
  useLive((event) => {
    if (event.kind === 'budgets' || event.kind === 'reconnected') void refreshBudgets()
  })
  if (me?.member?.role === 'client' && !id) return <OwnBalances />
  return <Level id={id || undefined} key={id} />
}

function OwnBalances() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listBudgets, { query: { limit: 50 } })
  useTitle(t('budgets.balance'))
  if (error) return <ErrorState error={error} what={t('budgets.unreadable')} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  if (data.data.length === 1) return <Level id={data.data[0]!.node.id} alone />
  return (
    <>
      <PageHead title={t('budgets.balance')} subtitle={t('budgets.balanceLead')} line />
      <BudgetList own={undefined} />
    </>
  )
}

function queryOf(id: string | undefined) {
  if (id?.startsWith('cli_')) return { client: id }
  return id?.startsWith('mem_') ? { member: id } : {}
}

function Level({ id, alone }: { id: string | undefined; alone?: boolean }) {
  const t = useT()
  const me = useMe()
  const { data: budget, error, refetch } = useEndpoint(getBudget, { query: queryOf(id) })
  const mayMove = me?.rights.includes('budgets.move') ?? false
  const own = useEndpoint(getBudget, { query: {} }, { enabled: mayMove }).data
  useTitle(budget && id && !alone ? budget.node.name : t('budgets.title'))
  const [search, setSearch] = useSearchState()
  if (!budget) {
    if (isProblem(error, 'not.found')) return <NotFoundPage />
    return error ? (
      <ErrorState error={error} what={t('budgets.unreadable')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  }
  const isOwn = !id
  const tabs = [
    ...(budget.node.kind === 'client' ? [] : [{ id: 'repartition', label: t('budgets.tab.below') }]),
    { id: 'releve', label: t('budgets.tab.statement') },
    ...(isOwn || budget.node.kind === 'client'
      ? [
          {
            id: 'demandes',
            label: t('budgets.tab.requests'),
            ...(isOwn && budget.waiting > 0 && { count: budget.waiting, warn: true }),
          },
        ]
      : []),
  ]
  const tab =
    tabs.find((x) => x.id === (search['demandes'] ? 'demandes' : search['onglet']))?.id ?? tabs[0]!.id
  return (
    <>
      {isOwn || alone ? null : (
        <Breadcrumb
          crumbs={[
            ...budget.above.toReversed().map((n, i) => ({
              label: n.name,
              to: i === 0 || n.id === own?.node.id ? paths.budgets : paths.budget(n.id),
            })),
            { label: budget.node.name },
          ]}
        />
      )}
      <Head budget={budget} own={own} isOwn={isOwn} alone={alone ?? false} />
      <Figures budget={budget} />
      <ViewTabs
        label={t('budgets.tabs')}
        tabs={tabs}
        current={tab}
        onChange={(onglet) => setSearch({ onglet, demandes: undefined, q: undefined }, { push: true })}
      />
      {tab === 'repartition' ? (
        <BudgetList member={id?.startsWith('mem_') ? id : undefined} own={own} />
      ) : tab === 'demandes' ? (
        <BudgetRequests own={own} />
      ) : budget.walletId === null ? (
        <Empty icon={<IconReceipt size={28} stroke={1.5} />} title={t('wallet.empty')}>
          {t('wallet.emptyText')}
        </Empty>
      ) : (
        <Statement wallet={budget.walletId} bare />
      )}
    </>
  )
}

function Head(props: {
  budget: BudgetDetails
  own: BudgetDetails | undefined
  isOwn: boolean
  alone: boolean
}) {
  const t = useT()
  const { budget, own, isOwn } = props
  const [act, setAct] = useState<MoveAct>()
  const [dialog, setDialog] = useState<'carryOver' | 'rules' | 'ask' | 'topUp'>()
  const close = () => setDialog(undefined)
  const open = (name: typeof dialog) => (dialog === name ? budget : undefined)
  const { can } = budget
  return (
    <div className="budget-head">
      <PageHead
        title={isOwn ? t('budgets.title') : props.alone ? t('budgets.balance') : budget.node.name}
        subtitle={isOwn || props.alone ? budget.node.name : <NodeKind budget={budget} />}
        actions={
          <>
            {can.rules ? (
              <Button
                variant="default"
                leftSection={<IconAdjustments size={15} />}
                onClick={() => setDialog('rules')}
              >
                {t('budgets.rules')}
              </Button>
            ) : null}
            {can.ask && !budget.request ? (
              <Button
                variant="default"
                leftSection={<IconMessagePlus size={15} />}
                onClick={() => setDialog('ask')}
              >
                {t('budgets.ask')}
              </Button>
            ) : null}
            {isOwn ? (
              <Button
                variant="default"
                leftSection={<IconRefresh size={15} />}
                onClick={() => setDialog('carryOver')}
              >
                {t('budgets.carryOver')}
              </Button>
            ) : null}
            {can.take && !isOwn ? (
              <Button variant="default" onClick={() => setAct({ way: 'take', holder: budget })}>
                {t('budgets.take')}
              </Button>
            ) : null}
            {can.topUp ? (
              <Button
                variant={can.give ? 'default' : 'filled'}
                leftSection={<IconPlus size={15} />}
                onClick={() => setDialog('topUp')}
              >
                {t('budgets.topUp')}
              </Button>
            ) : null}
            {can.give ? (
              <Button onClick={() => setAct({ way: 'give', holder: budget })}>{t('budgets.give')}</Button>
            ) : null}
          </>
        }
      />
      <MoveDialog act={act} onClose={() => setAct(undefined)} />
      <RuleDialog budget={open('rules')} onClose={close} />
      <RequestDialog holder={open('ask')} onClose={close} />
      <TopUpDialog holder={open('topUp')} onClose={close} />
      {own ? <CarryOverDialog own={own} opened={dialog === 'carryOver'} onClose={close} /> : null}
    </div>
  )
}

function Figures({ budget }: { budget: BudgetDetails }) {
  const t = useT()
  const format = useFormat()
  const { rule } = budget
  const { data: below } = useEndpoint(
    sumBudgetsBelow,
    { query: budget.node.kind === 'member' ? { member: budget.node.id } : {} },
    { enabled: budget.node.kind !== 'client' },
  )
  return (
    <div className="budget-figures">
      <KeyFigures>
        <KeyFigure
          label={t('budgets.available')}
          value={format.money(budget.available)}
          detail={
            budget.low ? (
              <StatusBadge tone="warn">{t('budgets.low')}</StatusBadge>
            ) : rule.alertBelow ? (
              t('budgets.alertAt', { amount: format.money(rule.alertBelow) })
            ) : undefined
          }
        />
        <KeyFigure
          label={t('budgets.held')}
          value={format.money(budget.held)}
          detail={t('budgets.heldWhat')}
        />
        {budget.node.kind === 'agency' ? null : (
          <KeyFigure
            label={t('budgets.column.received')}
            value={format.money(budget.receivedThisMonth)}
            detail={rule.monthly ? t('budgets.monthlyOf', { amount: format.money(rule.monthly) }) : undefined}
          />
        )}
        {budget.node.kind === 'client' ? null : (
          <KeyFigure
            label={t('budgets.below')}
            value={below ? format.money(below.total) : '…'}
            detail={t('budgets.belowWhat')}
          />
        )}
      </KeyFigures>
      {budget.request ? (
        <p className="meta">
          {t('budgets.requests.pending', { amount: format.money(budget.request.amount) })}
        </p>
      ) : null}
    </div>
  )
}
