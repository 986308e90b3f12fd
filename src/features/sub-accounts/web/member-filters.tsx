import { roles } from '../../../contract/rights.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { FilterBuilder } from '../../../web/kit/filter-builder.tsx'
import { useMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useListParam, type SearchTexts, type SetSearch } from '../../../web/search-state.ts'
import { getClient, searchClientChoices } from '../../client-record/contract.ts'
import { memberStates } from '../contract.ts'

/** The list's query as it stands in the address. */
export function useMemberQuery(search: SearchTexts) {
  const role = useListParam(search, 'role')
  const state = useListParam(search, 'etat')
  const { q, tri, client, equipe } = search
  return {
    ...(q && { q }),
    ...(role.length > 0 && { role }),
    ...(state.length > 0 && { state }),
    ...(client && { client }),
    ...(equipe && { under: equipe }),
    sort: tri ?? 'name',
    total: 'true',
  }
}

/** Everything the address filters by; clearing it shows everybody again. */
export const noFilters = {
  q: undefined,
  role: undefined,
  etat: undefined,
  client: undefined,
  equipe: undefined,
}

/** Chips: role, state, client. */
export function MemberFilters({ search, setSearch }: { search: SearchTexts; setSearch: SetSearch }) {
  const t = useT()
  const hasClients = useMe()?.agency?.kind === 'agency'
  const role = useListParam(search, 'role')
  const state = useListParam(search, 'etat')
  const client = search['client']
  const { data: choices } = useEndpoint(
    searchClientChoices,
    { query: { limit: 50 } },
    { enabled: hasClients },
  )
  const { data: chosen } = useEndpoint(
    getClient,
    { params: { id: client ?? '' } },
    { enabled: client !== undefined },
  )
  const clients = (choices?.data ?? []).map((c) => ({ value: c.id, label: c.name }))
  if (chosen && !clients.some((c) => c.value === chosen.id))
    clients.unshift({ value: chosen.id, label: chosen.name })
  return (
    <FilterBuilder
      fields={[
        {
          id: 'role',
          name: t('sub_accounts.role'),
          pinned: true,
          options: roles.map((r) => ({ value: r, label: t(`role.${r}`) })),
        },
        {
          id: 'etat',
          name: t('sub_accounts.state'),
          pinned: true,
          options: memberStates.map((s) => ({ value: s, label: t(`sub_accounts.state.${s}`) })),
        },
        ...(hasClients
          ? [{ id: 'client', name: t('sub_accounts.client'), single: true, options: clients }]
          : []),
      ]}
      values={{ role, etat: state, client: client ? [client] : [] }}
      onChange={(field, values) => setSearch({ [field]: values.join(',') || undefined })}
    />
  )
}
