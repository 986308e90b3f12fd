import { useState } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { SearchField } from '../../../web/kit/toolbar.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { Statement } from '../../wallets/web/statement.tsx'
import { creditKinds, getCredit, listCreditAccounts, type CreditKind } from '../contract.ts'
import { BuyCredit } from './buy-credit.tsx'
import { MoveCredit } from './move-credit.tsx'
import { useCreditText } from './credit-text.ts'
import './credits.css'

type Account = AnswerOf<typeof listCreditAccounts>['data'][number]
/** Words of the address; kinds of the API. */
const words: Readonly<Record<string, CreditKind>> = { prepaye: 'prepaid', sms: 'sms', apercus: 'preview' }
const wordOf = (kind: CreditKind) => Object.entries(words).find(([, k]) => k === kind)![0]

/** One kind of credit: what there is, buying it, who has it, and its statement (B67 to B73). */
export function CreditsPage() {
  const t = useT()
  const { kind: word } = useParams({ strict: false }) as { kind?: string }
  const kind = words[word ?? ''] ?? 'prepaid'
  const { data, error, refetch } = useEndpoint(getCredit, { params: { kind } })
  const text = useCreditText()
  const navigate = useNavigate()
  if (error) return <ErrorState error={error} page={t(`credits.kind.${kind}`)} retry={() => void refetch()} />
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: t(`credits.kind.${kind}`) }]}
      />
      <PageHead title={t(`credits.kind.${kind}`)} subtitle={t(`credits.lead.${kind}`)} />
      <ViewTabs
        label={t('credits.title')}
        tabs={creditKinds.map((k) => ({ id: k, label: t(`credits.kind.${k}`) }))}
        current={kind}
        onChange={(k) => void navigate({ to: paths.credits(wordOf(k as CreditKind)) })}
      />
      <div className="scrolls credits-page">
        {data ? (
          <>
            <KeyFigures>
              <KeyFigure label={t('credits.available')} value={text(kind, data.available)} />
              <KeyFigure label={t('credits.onAccounts')} value={text(kind, data.onAccounts)} />
            </KeyFigures>
            <BuyCredit key={kind} credit={data} />
            <Accounts kind={kind} available={data.available.amount} />
            <section className="card credits-section">
              <h2>{t('credits.statement')}</h2>
              {data.walletId ? (
                <Statement wallet={data.walletId} bare />
              ) : (
                <p className="ink-2">{t('credits.statementEmpty')}</p>
              )}
            </section>
          </>
        ) : null}
      </div>
    </>
  )
}

function Accounts({ kind, available }: { kind: CreditKind; available: number }) {
  const t = useT()
  const text = useCreditText()
  const [search, setSearch] = useSearchState()
  const [moving, setMoving] = useState<{ account: Account; way: 'allocate' | 'reclaim' }>()
  const q = search['compte'] ?? ''
  const { data } = useEndpoint(listCreditAccounts, { params: { kind }, query: q ? { q } : {} })
  return (
    <section className="card credits-section">
      <header className="credits-head">
        <h2>{t('credits.accounts')}</h2>
        <SearchField
          label={t('credits.accountsSearch')}
          hint={t('credits.accountsHint')}
          value={q}
          onChange={(compte) => setSearch({ compte })}
        />
      </header>
      {data?.data.length === 0 ? (
        <p className="ink-2">{t(q ? 'credits.noMatch' : 'credits.noAccounts')}</p>
      ) : null}
      <ul className="credits-accounts" aria-label={t('credits.accounts')}>
        {data?.data.map((a) => (
          <li key={a.id}>
            <div>
              <b>{a.name}</b>
              <small>
                {a.usable
                  ? t(`plan.${a.plan as 'plus'}`)
                  : t('credits.notUsable', { plan: t(`plan.${a.plan as 'plus'}`) })}
              </small>
            </div>
            <span className="figures">{text(kind, a.available)}</span>
            <span className="credits-acts">
              <Button
                size="sm"
                variant="default"
                disabled={!a.usable || available === 0}
                onClick={() => setMoving({ account: a, way: 'allocate' })}
                aria-label={t('credits.allocateTo', { name: a.name })}
              >
                {t('credits.allocate')}
              </Button>
              <Button
                size="sm"
                variant="default"
                disabled={a.available.amount === 0}
                onClick={() => setMoving({ account: a, way: 'reclaim' })}
                aria-label={t('credits.reclaimFrom', { name: a.name })}
              >
                {t('credits.reclaim')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {data?.more ? <p className="meta">{t('credits.more')}</p> : null}
      {moving ? (
        <MoveCredit
          kind={kind}
          {...moving}
          available={moving.way === 'allocate' ? available : moving.account.available.amount}
          onClose={() => setMoving(undefined)}
        />
      ) : null}
    </section>
  )
}
