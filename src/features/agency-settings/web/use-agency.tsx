import type { ReactNode } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { refreshMe } from '../../../web/me.ts'
import { call } from '../../../web/call.ts'
import { endpointKey, queryClient, useEndpoint } from '../../../web/queries.ts'
import { refreshRealm } from '../../../web/realm.ts'
import { getAgency, updateAgency } from '../contract.ts'

/** The agency's settings as the pages have them. */
export type AgencySettings = AnswerOf<typeof getAgency>

/** Fields of the settings that an owner changes. */
export type AgencyChange = Omit<
  Parameters<typeof call<typeof updateAgency>>[1] extends { body: infer B } ? B : never,
  'version'
>

/** Loads the settings, then shows `children` with them. */
export function WithAgency(props: { children: (agency: AgencySettings) => ReactNode }) {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getAgency)
  if (data) return props.children(data)
  return error ? (
    <ErrorState error={error} what={t('settings.failed')} retry={() => void refetch()} />
  ) : (
    <Skeletons lines={6} />
  )
}

/** Sends a change of what `agency` was read as; what shows the agency elsewhere follows at once. */
export async function saveAgency(agency: AgencySettings, change: AgencyChange): Promise<AgencySettings> {
  const saved = await call(updateAgency, { body: { version: agency.version, ...change } })
  queryClient.setQueryData(endpointKey(getAgency), saved)
  await Promise.all([refreshRealm(), refreshMe()])
  return saved
}
