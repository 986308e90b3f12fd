import type { SightRefusal } from './contract.ts'
import type { ClientFacts } from './client-facts.ts'

/** What is known of a member that no path leads from. */
type Unseeing = { seesUnassigned: boolean; belowHome: boolean }

/**
 * Why no rule of sight holds, given that none does: who works on it instead, or what keeps the pool of
 * unassigned clients shut (A21, A22), and in whose portfolio it is.
 */
export function whyNot(client: ClientFacts, member: Unseeing): SightRefusal[] {
  if (client.assigned) return client.home ? ['assigned_elsewhere', 'other_portfolio'] : ['assigned_elsewhere']
  const reasons: SightRefusal[] = ['nobody_assigned']
  if (!member.seesUnassigned) reasons.push('switched_off')
  if (client.home && !member.belowHome) reasons.push('waits_elsewhere')
  return reasons
}
