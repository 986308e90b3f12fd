import { useMemo } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { ColumnVisibility } from '../../../web/kit/column-menu.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { IdentityCell } from '../../../web/kit/row-card.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import type { AccountRow } from '../contract.ts'
import { AccountStatus } from './account-status.tsx'
import { EndsOn } from './ends-on.tsx'
import { RowButtons, type RowActs } from './row-buttons.tsx'

const choices = [
  { id: 'plan', shown: true },
  { id: 'contacts', shown: true },
  { id: 'status', shown: true },
  { id: 'ends', shown: true },
  { id: 'net', shown: true },
  { id: 'client', shown: false },
  { id: 'created', shown: false },
] as const

/** Which columns show: the address's choice, else the usual ones. */
export function useResaleColumnChoice(chosen: string | undefined): {
  visibility: ColumnVisibility
  options: { id: string; label: string }[]
  toParam: (v: ColumnVisibility) => string | undefined
} {
  const t = useT()
  return useMemo(() => {
    const usual = choices.filter((c) => c.shown).map((c) => c.id as string)
    const shown = chosen === undefined ? usual : chosen.split(',')
    return {
      visibility: Object.fromEntries(choices.map((c) => [c.id, shown.includes(c.id)])),
      options: choices.map((c) => ({ id: c.id, label: t(`hosted_accounts.column.${c.id}`) })),
      toParam: (v) => {
        const next = choices.filter((c) => v[c.id]).map((c) => c.id as string)
        return next.join() === usual.join() ? undefined : next.join(',') || 'none'
      },
    }
  }, [chosen, t])
}

/** The columns of the list (B8), the row's buttons last (B9, B10). */
export function useResaleColumns(today: string, acts: RowActs): GridColumn<AccountRow>[] {
  const t = useT()
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('hosted_accounts.column.name'),
        sort: 'name',
        cell: (a) => (
          <IdentityCell icon={<Tile name={a.name} id={a.client.id} />} name={a.name} detail={a.host} />
        ),
      },
      {
        id: 'plan',
        header: t('hosted_accounts.column.plan'),
        width: 104,
        cell: (a) => (
          <span className="two-lines">
            <span>{t(`plan.${a.planCode}`)}</span>
            {a.interval ? <small>{t(`plan.interval.${a.interval}`)}</small> : null}
          </span>
        ),
      },
      {
        id: 'contacts',
        header: t('hosted_accounts.column.contacts'),
        width: 84,
        align: 'end',
        sort: 'planSize',
        cell: (a) => <span className="figures">{format.number(a.contactLimit)}</span>,
      },
      {
        id: 'status',
        header: t('hosted_accounts.column.status'),
        width: 100,
        cell: (a) => <AccountStatus account={a} />,
      },
      {
        id: 'ends',
        header: t('hosted_accounts.column.ends'),
        width: 118,
        sort: 'endsOn',
        cell: (a) => <EndsOn account={a} today={today} />,
      },
      {
        id: 'net',
        header: t('hosted_accounts.column.net'),
        width: 98,
        align: 'end',
        cell: (a) =>
          a.net ? <MoneyText value={a.net} /> : <span className="ink-3">{t('resale.free')}</span>,
      },
      {
        id: 'client',
        header: t('hosted_accounts.column.client'),
        width: 150,
        cell: (a) => a.client.name,
      },
      {
        id: 'created',
        header: t('hosted_accounts.column.created'),
        width: 116,
        sort: 'createdAt',
        cell: (a) => <DateText value={a.createdAt} short />,
      },
      {
        id: 'actions',
        header: t('resale.actions'),
        width: 170,
        align: 'end',
        cell: (a) => <RowButtons account={a} acts={acts} />,
      },
    ],
    [t, format, today, acts],
  )
}
