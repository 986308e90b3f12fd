import { useEffect, useState } from 'react'
import { Button } from '@mantine/core'
import { IconCreditCard, IconPlus } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useLive } from '../../../web/live.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import {
  checkCardSetup,
  getAgencyCard,
  getClientCard,
  removeAgencyCard,
  removeClientCard,
  startAgencyCard,
  startClientCard,
} from '../contract.ts'
import { TestCardDialog } from './test-card-dialog.tsx'
import './cards.css'

type Held = NonNullable<AnswerOf<typeof getAgencyCard>['card']>
type Setup = AnswerOf<typeof startAgencyCard>

/** The card that the agency pays with, or a client's own: add, replace, remove; 3-D Secure comes back here. */
export function CardPanel({ clientId }: { clientId?: string }) {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const agencys = useEndpoint(getAgencyCard, undefined, { enabled: clientId === undefined })
  const clients = useEndpoint(
    getClientCard,
    { params: { id: clientId ?? '' } },
    { enabled: clientId !== undefined },
  )
  const { data, error, refetch } = clientId === undefined ? agencys : clients
  const [setup, setSetup] = useState<Setup>()
  const [failure, setFailure] = useState<string>()
  const [removing, setRemoving] = useState(false)
  useLive((event) => {
    if (event.kind === 'card' || event.kind === 'reconnected') void refetch()
  })
  const back = search['carte']
  useEffect(() => {
    if (back === undefined) return
    void call(checkCardSetup, { params: { id: back } })
      .then((answer) => settle(answer))
      .catch(notifyError)
      .finally(() => setSearch({ carte: undefined }))
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each way back from the bank
  }, [back])

  const settle = (answer: Setup) => {
    if (answer.state === 'requires_action' && answer.actionUrl)
      return window.location.assign(answer.actionUrl)
    if (answer.state === 'failed') setFailure(answer.failure ?? 'declined')
    if (answer.state === 'done') {
      setFailure(undefined)
      notify(t('cards.saved'))
    }
    setSetup(undefined)
    void refresh(getAgencyCard, getClientCard)
  }
  const start = async () => {
    setFailure(undefined)
    try {
      const body = { returnPath: window.location.pathname }
      const begun =
        clientId === undefined
          ? await call(startAgencyCard, { body })
          : await call(startClientCard, { params: { id: clientId }, body })
      if (begun.actionUrl !== null) window.location.assign(begun.actionUrl)
      else setSetup(begun)
    } catch (problem) {
      notifyError(problem)
    }
  }
  const remove = async () => {
    await (clientId === undefined
      ? call(removeAgencyCard, {})
      : call(removeClientCard, { params: { id: clientId } }))
    await refresh(getAgencyCard, getClientCard)
  }
  if (error && !data)
    return <ErrorState error={error} what={t('cards.unreadable')} retry={() => void refetch()} />
  if (!data) return <Skeletons lines={3} height={52} />
  const failed = failure === undefined ? undefined : `payment.${failure}`
  return (
    <section className="cards">
      <SectionHead title={t('cards.title')} />
      {failed !== undefined ? (
        <Notice tone="danger" inline live>
          {t('cards.failed')} {isTextKey(failed) ? t(failed) : null}
        </Notice>
      ) : null}
      {data.card ? (
        <div className="cards-row">
          <Plastic card={data.card} />
          <div className="cards-acts">
            <Expiry card={data.card} />
            {data.can.edit ? (
              <>
                <Button onClick={() => void start()}>{t('cards.replace')}</Button>
                <Button variant="default" onClick={() => setRemoving(true)}>
                  {t('cards.remove')}
                </Button>
              </>
            ) : null}
          </div>
        </div>
      ) : (
        <div className="card">
          <Empty
            heading="h3"
            icon={<IconCreditCard size={28} stroke={1.5} />}
            title={t('cards.none')}
            action={
              data.can.edit ? (
                <Button leftSection={<IconPlus size={15} />} onClick={() => void start()}>
                  {t('cards.add')}
                </Button>
              ) : null
            }
          >
            {t(clientId === undefined ? 'cards.noneText' : 'cards.noneClient')}
          </Empty>
        </div>
      )}
      <p className="meta">{t(data.provider === 'sandbox' ? 'cards.sandbox' : 'cards.safe')}</p>
      {setup ? <TestCardDialog setup={setup} onClose={() => setSetup(undefined)} onDone={settle} /> : null}
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('cards.removeTitle')}
        confirmLabel={t('cards.remove')}
        danger
        onConfirm={remove}
      >
        {t(clientId === undefined ? 'cards.removeText' : 'cards.removeClientText')}
      </ConfirmDialog>
    </section>
  )
}

/** The card as people know it. */
function Plastic({ card }: { card: Held }) {
  const t = useT()
  return (
    <div
      className="plastic"
      role="img"
      aria-label={t('cards.named', { brand: brandName(card.brand), last4: card.last4 })}
    >
      <b>{brandName(card.brand)}</b>
      <span className="plastic-number figures" aria-hidden="true">
        •••• •••• •••• {card.last4}
      </span>
      <span className="figures">
        {String(card.expMonth).padStart(2, '0')}/{String(card.expYear).slice(-2)}
      </span>
    </div>
  )
}

function Expiry({ card }: { card: Held }) {
  const t = useT()
  const format = useFormat()
  if (card.expiry === 'fine')
    return (
      <p className="meta">
        {t('cards.addedBy', { name: card.addedBy ?? '—', date: format.date(card.createdAt) })}
      </p>
    )
  return (
    <Notice tone={card.expiry === 'expired' ? 'danger' : 'warn'} inline>
      {t(`cards.expiry.${card.expiry}`)}
    </Notice>
  )
}

/** `Visa`, `Mastercard`: a name, never translated. */
export function brandName(brand: string): string {
  return brand.charAt(0).toUpperCase() + brand.slice(1)
}
