import { Fragment } from 'react'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { getRightsTable } from '../contract.ts'
import './access.css'

type Table = AnswerOf<typeof getRightsTable>

/** "Qui peut faire quoi": the very table the server obeys, in words. */
export function RightsPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getRightsTable)
  return (
    <>
      <PageHead title={t('rights.title')} subtitle={t('rights.lead')} line />
      <div className="scrolls" style={{ padding: '16px 24px' }}>
        {error ? (
          <ErrorState error={error} what={t('rights.failed')} retry={() => void refetch()} />
        ) : data ? (
          <RightsTable table={data} />
        ) : (
          <Skeletons lines={12} height={28} />
        )}
      </div>
    </>
  )
}

function RightsTable({ table }: { table: Table }) {
  const t = useT()
  const mine = useMe()?.member?.role
  const nameOf = (row: Table['data'][number]) => {
    const key = `rights.group.${row.right.split('.')[0]}`
    return t(isTextKey(key) ? (key as 'rights.group.other') : 'rights.group.other')
  }
  const groups = Map.groupBy(table.data, nameOf)
  return (
    // The table may be wider than a phone: the keyboard must be able to scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
    <div className="rights-scroll" role="region" aria-label={t('rights.title')} tabIndex={0}>
      <table className="rights-table">
        <thead>
          <tr>
            <th scope="col">{t('rights.action')}</th>
            {table.roles.map((role) => (
              <th key={role} scope="col" data-mine={role === mine || undefined}>
                {t(`role.${role}`)}
                {role === mine ? <small>{t('rights.yourRole')}</small> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...groups].map(([group, rows]) => (
            <Fragment key={group}>
              <tr className="rights-group">
                <th scope="rowgroup" colSpan={table.roles.length + 1}>
                  {group}
                </th>
              </tr>
              {rows.map((row) => (
                <tr key={row.right}>
                  <th scope="row">{t(`right.${row.right}` as 'right.agency.edit')}</th>
                  {table.roles.map((role) => {
                    const holds = row.roles.includes(role)
                    return (
                      <td key={role} data-holds={holds} data-mine={role === mine || undefined}>
                        {holds ? (
                          <IconCheck size={16} aria-hidden="true" />
                        ) : (
                          <IconMinus size={14} aria-hidden="true" />
                        )}
                        <span className="visually-hidden">{t(holds ? 'rights.yes' : 'rights.no')}</span>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
