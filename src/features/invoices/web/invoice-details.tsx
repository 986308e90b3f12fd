import { Button } from '@mantine/core'
import { IconFileTypePdf, IconFileTypeXml } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { downloadInvoicePdf, downloadInvoiceXml, getInvoice } from '../contract.ts'
import { InvoiceStatus } from './invoice-status.tsx'

type Invoice = AnswerOf<typeof getInvoice>

/** One document: who, what, sums, what it refers to, and its files. */
export function InvoiceDetails(props: { id: string; onOpen: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const { data, error, refetch } = useEndpoint(getInvoice, { params: { id: props.id } })
  if (error) return <ErrorState error={error} page={t('invoices.details')} retry={() => void refetch()} />
  if (!data) return null
  return (
    <article className="invoice-details" aria-label={data.number}>
      <header>
        <div>
          <h2 className="figures">{data.number}</h2>
          <p className="ink-2">
            {t(`invoices.kind.${data.kind}`)}, {format.date(data.issuedOn)}
          </p>
        </div>
        <InvoiceStatus document={data} />
      </header>
      <div className="invoice-files">
        <Button
          component="a"
          target="_blank"
          href={endpointUrl(downloadInvoicePdf, { params: { id: data.id } })}
          leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
        >
          {t('invoices.openPdf')}
        </Button>
        <Button
          component="a"
          variant="default"
          href={endpointUrl(downloadInvoiceXml, { params: { id: data.id } })}
          leftSection={<IconFileTypeXml size={16} aria-hidden="true" />}
        >
          {t('invoices.downloadXml')}
        </Button>
      </div>
      <dl className="invoice-facts">
        <dt>{t('invoices.payer')}</dt>
        <dd>{data.buyer.name}</dd>
        <dt>{t('invoices.seller')}</dt>
        <dd>{data.seller.name}</dd>
        {data.original ? (
          <>
            <dt>{t('invoices.original')}</dt>
            <dd>
              <DocumentLink document={data.original} onOpen={props.onOpen} />
            </dd>
          </>
        ) : null}
        {data.reason ? (
          <>
            <dt>{t('invoices.reason')}</dt>
            <dd>{data.reason}</dd>
          </>
        ) : null}
        {data.creditNotes.length > 0 ? (
          <>
            <dt>{t('invoices.creditNotes')}</dt>
            <dd>
              {data.creditNotes.map((c) => (
                <div key={c.id}>
                  <DocumentLink document={c} onOpen={props.onOpen} />{' '}
                  <span className="figures ink-3">
                    {format.money({ ...c.gross, amount: -c.gross.amount })}
                  </span>
                </div>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      <Lines invoice={data} />
      <Sums invoice={data} onOpen={props.onOpen} />
      <p className="meta">{data.mentions.join(' ')}</p>
    </article>
  )
}

function DocumentLink(props: { document: { id: string; number: string }; onOpen: (id: string) => void }) {
  return (
    <button type="button" className="text-link figures" onClick={() => props.onOpen(props.document.id)}>
      {props.document.number}
    </button>
  )
}

function Lines({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const format = useFormat()
  return (
    <ul className="invoice-lines" aria-label={t('invoices.lines')}>
      {invoice.lines.map((line, i) => (
        <li key={i}>
          <div>
            <b>{line.label}</b>
            <small>
              {[
                line.period &&
                  t('invoices.fromTo', {
                    from: format.date(line.period.from),
                    to: format.date(lastDay(line.period.to)),
                  }),
                line.quantity !== 1 && `${format.number(line.quantity)} × ${format.money(line.unitPrice)}`,
                line.discount.amount !== 0 &&
                  `${line.discountLabel ?? t('invoices.discount')} ${format.money({ ...line.discount, amount: -line.discount.amount })}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </div>
          <span className="figures">{format.money(line.net)}</span>
        </li>
      ))}
    </ul>
  )
}

/** The last day of a half-open period. */
function lastDay(to: string): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

function Sums({ invoice, onOpen }: { invoice: Invoice; onOpen: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const minus = (m: { amount: number; currency: string }) => format.money({ ...m, amount: -m.amount })
  const credit = invoice.kind === 'credit_note'
  return (
    <dl className="invoice-sums">
      <dt>{t('invoices.net')}</dt>
      <dd>{format.money(invoice.net)}</dd>
      {invoice.vatGroups.map((g) => (
        <Sum
          key={g.rateBasisPoints}
          label={t('invoices.vatOf', { rate: format.percent(g.rateBasisPoints / 10_000) })}
        >
          {format.money(g.vat)}
        </Sum>
      ))}
      <Sum label={t('invoices.gross')} strong>
        {format.money(invoice.gross)}
      </Sum>
      {invoice.deposits.length > 0 && !credit
        ? invoice.deposits.map((d) => (
            <Sum key={d.id} label={<DocumentLink document={d} onOpen={onOpen} />}>
              {minus(d.amount)}
            </Sum>
          ))
        : invoice.prepaidUsed.amount > 0 && (
            <Sum label={t(credit ? 'invoices.toPrepaid' : 'invoices.byPrepaid')}>
              {minus(invoice.prepaidUsed)}
            </Sum>
          )}
      {invoice.cardPaid.amount > 0 ? (
        <Sum label={t(credit ? 'invoices.toCard' : 'invoices.byCard')}>{minus(invoice.cardPaid)}</Sum>
      ) : null}
      <Sum label={t(credit ? 'invoices.leftToReturn' : 'invoices.leftToPay')} strong>
        {format.money(invoice.amountDue)}
      </Sum>
    </dl>
  )
}

function Sum(props: { label: React.ReactNode; strong?: boolean; children: React.ReactNode }) {
  return (
    <>
      <dt data-strong={props.strong || undefined}>{props.label}</dt>
      <dd data-strong={props.strong || undefined}>{props.children}</dd>
    </>
  )
}
