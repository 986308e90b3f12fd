import { useMemo } from 'react'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../../../web/i18n/use-t.ts'
import { NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { SearchField } from '../../../web/kit/toolbar.tsx'
import { call, endpointUrl } from '../../../web/call.ts'
import { endpointKey } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useLanguage } from '../../../web/i18n/language.ts'
import { PlainLayout } from '../../../web/shell/plain-layout.tsx'
import { getOpenapi } from '../contract.ts'
import { matches, operationsOf, type Operation } from './openapi-document.ts'
import { OperationLine } from './operation-line.tsx'
import './reference.css'

/** The API's reference, made of the document that the server writes of itself. */
export function ReferencePage() {
  const t = useT()
  const language = useLanguage()
  const [search, setSearch] = useSearchState()
  // Refusals come in the page's language: another language is another document.
  const { data, error, refetch } = useQuery({
    queryKey: endpointKey(getOpenapi, { language }),
    queryFn: ({ signal }) => call(getOpenapi, {}, { signal }),
    staleTime: Infinity,
  })
  const typed = search['q'] ?? ''
  const all = useMemo(() => (data ? operationsOf(data) : []), [data])
  const found = useMemo(() => all.filter((operation) => matches(operation, typed)), [all, typed])
  return (
    <PlainLayout
      end={
        <Anchor href={endpointUrl(getOpenapi)} size="sm" target="_blank" className="text-link">
          {t('developers.document')}
        </Anchor>
      }
    >
      <h1 className="reference-title">{t('developers.title')}</h1>
      <p className="ink-2 reading">{t('developers.lead')}</p>
      <p className="ink-2 reading">{t('developers.writes')}</p>
      <p className="ink-2 reading">{t('developers.always')}</p>
      <div className="reference-search">
        <SearchField
          label={t('developers.search')}
          hint={t('developers.searchHint')}
          value={typed}
          onChange={(q) => setSearch({ q: q || undefined })}
        />
        <span className="ink-2" role="status">
          {data ? t('developers.count', { n: found.length }) : null}
        </span>
      </div>
      {error ? <ErrorState error={error} page={t('developers.title')} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeletons lines={12} /> : null}
      {data && found.length === 0 ? (
        <NoMatch title={t('developers.noMatch')} onClear={() => setSearch({ q: undefined })} />
      ) : null}
      {groupsOf(found).map(([group, operations]) => (
        <section key={group} className="reference-group">
          <h2>/{group}</h2>
          {operations.map((operation) => (
            <OperationLine
              key={operation.operationId}
              operation={operation}
              base={data?.servers[0]?.url ?? ''}
              open={search['operation'] === operation.operationId}
              onOpen={(open) => {
                if (open) setSearch({ operation: operation.operationId })
                else if (search['operation'] === operation.operationId) setSearch({ operation: undefined })
              }}
            />
          ))}
        </section>
      ))}
    </PlainLayout>
  )
}

function groupsOf(operations: Operation[]): [string, Operation[]][] {
  return [...Map.groupBy(operations, (operation) => operation.tags[0] ?? '')].toSorted(([a], [b]) =>
    a.localeCompare(b),
  )
}
