import type { AnswerOf } from '../../contract/endpoint.ts'
import { rights, roles } from '../../contract/rights.ts'
import type { getRightsTable as contract } from './contract.ts'

/** The rights table that the server obeys, as data: nothing is written twice. */
export async function getRightsTable(): Promise<AnswerOf<typeof contract>> {
  const names = Object.keys(rights) as (keyof typeof rights)[]
  return { roles: [...roles], data: names.map((right) => ({ right, roles: [...rights[right]] })) }
}
