import type { AnswerOf, CallOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { endpointKey, queryClient, refresh, useEndpoint } from '../../../web/queries.ts'
import { listMemberClients } from '../../assignments/contract.ts'
import { explainMember } from '../../access/contract.ts'
import { getMember, listMemberHistory, listMembers, updateMember, type MemberState } from '../contract.ts'

/** A sub-account as its page shows it. */
export type Member = AnswerOf<typeof getMember>
/** A sub-account as the list shows it. */
export type MemberRow = AnswerOf<typeof listMembers>['data'][number]
export type { MemberState }

/** What a caller may change of a sub-account in place. */
export type MemberChange = Omit<CallOf<typeof updateMember>['body'], 'version'>

/** Reads a sub-account and keeps it fresh. */
export function useMember(id: string) {
  return useEndpoint(getMember, { params: { id } })
}

/** Shows a sub-account as the server just answered it, and reads again what depends on it. */
export function showMember(member: Member): Member {
  queryClient.setQueryData(endpointKey(getMember, { params: { id: member.id } }), member)
  void refresh(listMembers, listMemberHistory, listMemberClients, explainMember)
  return member
}

/** The version last shown: what a change is made on. */
export function shownVersion(id: string): number {
  return queryClient.getQueryData<Member>(endpointKey(getMember, { params: { id } }))?.version ?? 0
}

/**
 * Changes some fields of the sub-account last shown. When somebody changed it meanwhile, theirs is shown and
 * the refusal goes on to the field, whose text stays.
 */
export async function changeMember(id: string, change: MemberChange): Promise<Member> {
  return showingStale(() =>
    call(updateMember, { params: { id }, body: { ...change, version: shownVersion(id) } }),
  )
}

/** Runs a change that carries a version and shows what comes of it, or what somebody else made meanwhile. */
export async function showingStale(change: () => Promise<Member>): Promise<Member> {
  try {
    return showMember(await change())
  } catch (error) {
    if (isProblem(error, 'version.stale')) showMember(error.data['current'] as Member)
    throw error
  }
}
