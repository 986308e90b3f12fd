import { useState } from 'react'
import { Button, Modal, Table } from '@mantine/core'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import type { ResaleSummary } from './resale-page.tsx'

/** The volume discount: current rung, what it saves, how many accounts to the next and what that is worth (B16). */
export function DiscountPanel({ summary }: { summary: ResaleSummary }) {
  const t = useT()
  const format = useFormat()
  const [grid, setGrid] = useState(false)
  const { discount } = summary
  const { ladder, paidAccounts, percent, next, monthly } = discount
  return (
    <section className="card discount" aria-label={t('resale.discount.label')}>
      <div>
        <span className="discount-label">{t('resale.discount.current')}</span>
        <span className="discount-figure figures">{format.percent(percent / 100)}</span>
        <span className="ink-2">
          {monthly.saved.amount > 0 ? (
            <T
              id="resale.discount.saves"
              values={{ count: paidAccounts, saved: format.moneyWhole(monthly.saved) }}
            />
          ) : (
            t('resale.discount.counts', { count: paidAccounts })
          )}
        </span>
      </div>
      <div>
        <div className="discount-next">
          <span>
            {next ? (
              <>
                <b>
                  {t('resale.discount.next', {
                    missing: next.missing,
                    percent: format.percent(next.percent / 100),
                  })}
                </b>
                {monthly.nextSaves && monthly.nextSaves.amount > 0 ? (
                  <span className="ink-2">
                    {' '}
                    {t('resale.discount.worth', { amount: format.moneyWhole(monthly.nextSaves) })}
                  </span>
                ) : null}
              </>
            ) : (
              <b>{t('resale.discount.top')}</b>
            )}
          </span>
          <Button variant="subtle" size="xs" onClick={() => setGrid(true)}>
            {t('resale.discount.grid')}
          </Button>
        </div>
        <div
          className="ladder"
          role="img"
          aria-label={t('resale.discount.ladder', {
            count: paidAccounts,
            percent: format.percent(percent / 100),
            at: next?.at ?? 0,
            next: next ? format.percent(next.percent / 100) : '',
          })}
        >
          {ladder.map((rung, i) => {
            const end = ladder[i + 1]?.from ?? rung.from * 1.6
            const share =
              paidAccounts >= end
                ? 1
                : paidAccounts < rung.from
                  ? 0
                  : (paidAccounts - rung.from + 1) / (end - rung.from + 1)
            return (
              <div key={rung.from} data-on={rung.percent === percent || undefined}>
                <span className="ladder-bar">
                  <i style={{ width: `${share * 100}%` }} />
                </span>
                <b className="figures">{format.percent(rung.percent / 100)}</b>
                <span className="figures">{t('resale.discount.from', { n: rung.from })}</span>
              </div>
            )
          })}
        </div>
      </div>
      <Modal opened={grid} onClose={() => setGrid(false)} title={t('resale.discount.gridTitle')} size={420}>
        <p className="ink-2">{t('resale.discount.gridText')}</p>
        <Table mt={12}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('resale.discount.accounts')}</Table.Th>
              <Table.Th ta="end">{t('resale.discount.percent')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ladder.map((rung, i) => (
              <Table.Tr key={rung.from} fw={rung.percent === percent ? 600 : 400}>
                <Table.Td>
                  {ladder[i + 1]
                    ? t('resale.discount.range', { from: rung.from, to: ladder[i + 1]!.from - 1 })
                    : t('resale.discount.above', { from: rung.from })}
                </Table.Td>
                <Table.Td ta="end">{format.percent(rung.percent / 100)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </section>
  )
}
