import type { AnswerOf } from '../../../contract/endpoint.ts'
import { keepPreviousData } from '@tanstack/react-query'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { findInTree } from '../contract.ts'

type Found = AnswerOf<typeof findInTree>['data'][number]

/** Who matches a search, with the way down to each; choosing one opens the tree there. */
export function TreeFound(props: { q: string; onChoose: (row: Found) => void; onClear: () => void }) {
  const t = useT()
  const { data, error, refetch } = useEndpoint(
    findInTree,
    { query: { q: props.q } },
    { placeholderData: keepPreviousData },
  )
  if (error)
    return <ErrorState error={error} what={t('agency_mode.unreadable')} retry={() => void refetch()} />
  if (data?.data.length === 0) return <NoMatch title={t('agency_mode.noMatch')} onClear={props.onClear} />
  return (
    <div className="agency-tree-scroll">
      <ul className="tree-found" aria-label={t('agency_mode.found')}>
        {data?.data.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => props.onChoose(row)}>
              <Avatar person={row} size={28} />
              <span className="tree-who">
                <b>{row.name}</b>
                <small>{[t(`role.${row.role}`), ...row.path.map((p) => p.name)].join(' › ')}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {data?.more ? <p className="meta">{t('agency_mode.moreFound')}</p> : null}
    </div>
  )
}
