import { useCallback, useMemo } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'

/** The part of the address after `?`, as plain texts. Filters, views, sorts, tabs and steps live there. */
export type SearchTexts = Record<string, string>

/** Reads `?a=b&c=d`; a name given twice keeps its last value. */
export function parseSearch(search: string): SearchTexts {
  return Object.fromEntries(new URLSearchParams(search))
}

/** Writes it back, leaving out what is empty. */
export function stringifySearch(
  search: Record<string, string | number | boolean | null | undefined>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** Changes some of the address's texts; undefined or the empty text removes one. */
export type SetSearch = (change: Record<string, string | undefined>, options?: { push?: boolean }) => void

/**
 * The page's state that lives in the address: `const [search, setSearch] = useSearchState()`.
 * Changes replace the history entry (typing in a field must not fill it) unless `push` is set.
 */
export function useSearchState(): [SearchTexts, SetSearch] {
  const search = useSearch({ strict: false }) as SearchTexts
  const navigate = useNavigate()
  const set = useCallback<SetSearch>(
    (change, options) => {
      void navigate({
        to: '.',
        search: (old: SearchTexts) => ({ ...old, ...change }),
        replace: !options?.push,
        resetScroll: false,
      } as never)
    },
    [navigate],
  )
  return [search, set]
}

/** A filter with several values, kept as `role=owner,manager`. */
export function useListParam(search: SearchTexts, name: string): string[] {
  const text = search[name] ?? ''
  return useMemo(() => (text ? text.split(',') : []), [text])
}
