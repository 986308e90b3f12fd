import { useNavigate } from '@tanstack/react-router'
import { refreshMe } from '../../../web/me.ts'
import { safeReturn } from '../../../web/paths.ts'
import { queryClient } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { realmQuery } from '../../../web/realm.ts'

/** Once the server has opened a session: forgets what the last user saw, and goes where one wanted to go. */
export function useEntered(): () => Promise<void> {
  const navigate = useNavigate()
  const [search] = useSearchState()
  return async () => {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== realmQuery.queryKey[0] })
    await refreshMe()
    await navigate({ href: safeReturn(search['retour']), replace: true })
  }
}
