import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useMe } from './me.ts'
import type { Me } from './me.ts'
import type { NavEntry, NavGroup, Page } from './page-type.ts'
import { pages } from './pages.ts'
import { useRealm } from './realm.ts'
import type { Realm } from './realm.ts'
import { queryClient } from './queries.ts'

/** An entry of the side bar with its address. */
export type NavItem = NavEntry & { to: string }

/** The entries a user has, in order, by group. */
export function navigationFor(all: Page[], realm: Realm['kind'], me: Me | null): Record<NavGroup, NavItem[]> {
  const groups: Record<NavGroup, NavItem[]> = { main: [], finance: [], foot: [] }
  if (!me) return groups
  for (const page of all) {
    if (!page.nav || (page.realm !== 'any' && page.realm !== realm)) continue
    if (page.right && !me.rights.includes(page.right)) continue
    if (page.nav.when && !page.nav.when(me)) continue
    // An entry leads to the page without its variable parts: `/clients/{-$tab}` → `/clients`.
    groups[page.nav.group].push({ ...page.nav, to: page.path.replace(/\/[{$].*$/, '') || '/' })
  }
  for (const group of Object.values(groups)) group.sort((a, b) => a.order - b.order)
  return groups
}

/** The signed-in user's entries. */
export function useNavigation(): Record<NavGroup, NavItem[]> {
  const me = useMe()
  const { kind } = useRealm()
  return useMemo(() => navigationFor(pages, kind, me), [kind, me])
}

/** The figure at an entry's end. */
export function useNavCount(item: NavItem): number | undefined {
  const { data } = useQuery({
    queryKey: ['navCount', item.to],
    queryFn: async () => (await item.count?.()) ?? null,
    enabled: item.count !== undefined,
    staleTime: 60_000,
  })
  return data ?? undefined
}

/** Reads an entry's figure again, after something was created or archived. */
export function refreshNavCount(to: string): void {
  void queryClient.invalidateQueries({ queryKey: ['navCount', to] })
}
