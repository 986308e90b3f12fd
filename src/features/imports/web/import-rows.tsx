import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { endpointKey } from '../../../web/queries.ts'
import type { ImportEndpoints } from '../../../contract/import-endpoints.ts'
import { CorrectRow } from './correct-row.tsx'
import { useImportDoor } from './import-door.ts'
import type { ImportFacts } from './use-import.ts'

type Show = 'faulty' | 'remarked' | 'ready' | 'created' | 'updated' | 'unchanged'
export type ImportRow = AnswerOf<ImportEndpoints['listImportRows']>['data'][number]

/** Rows of one kind, by line of the file, with their faults and remarks. */
export function ImportRows({ facts, show }: { facts: ImportFacts; show: Show }) {
  const t = useT()
  const { endpoints, nameField } = useImportDoor()
  const { listImportRows } = endpoints
  const [open, setOpen] = useState<number>()
  const rows = useInfiniteQuery({
    queryKey: [...endpointKey(listImportRows, { id: facts.id, show }), facts.counts],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listImportRows, { params: { id: facts.id }, query: { show, cursor: pageParam } }, { signal }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const all = rows.data?.pages.flatMap((p) => p.data) ?? []
  if (rows.data && all.length === 0) return <p className="ink-2">{t('imports.noRow')}</p>
  const nameColumn = Number(Object.entries(facts.mapping).find(([, f]) => f === nameField)?.[0] ?? 0)
  return (
    <>
      <ol className="import-rows">
        {all.map((row) => (
          <li key={row.number}>
            <div className="import-row">
              <span className="figures ink-3">{t('imports.lineNumber', { n: row.number })}</span>
              <b>{row.cells[nameColumn]?.trim() || '—'}</b>
              {row.state === 'ready' || row.state === 'faulty' ? (
                <Button
                  size="sm"
                  variant="subtle"
                  aria-expanded={open === row.number}
                  onClick={() => setOpen(open === row.number ? undefined : row.number)}
                >
                  {t('imports.correct')}
                </Button>
              ) : null}
            </div>
            <ul className="import-issues">
              {row.issues.map((issue, i) => (
                <li key={i} data-severity={issue.severity}>
                  {issue.column === null ? null : (
                    <span className="ink-3">{facts.headers[issue.column]} · </span>
                  )}
                  {issue.message}
                </li>
              ))}
            </ul>
            {open === row.number ? (
              <CorrectRow facts={facts} row={row} onDone={() => setOpen(undefined)} />
            ) : null}
          </li>
        ))}
      </ol>
      {rows.hasNextPage ? (
        <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {t('imports.moreRows')}
        </Button>
      ) : null}
    </>
  )
}
