import { z } from 'zod'
import { clientStatuses } from '../../contract/client-fields.ts'
import type { Right } from '../../contract/rights.ts'

/** What is done to each client; ids are bare. */
export const clientChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('assign'),
    add: z.array(z.string()),
    remove: z.array(z.string()),
    notify: z.boolean(),
  }),
  z.object({ kind: z.literal('status'), status: z.enum(clientStatuses) }),
  z.object({ kind: z.literal('tag'), add: z.array(z.string()), remove: z.array(z.string()) }),
])
export type ClientChange = z.output<typeof clientChange>

/** What a kind of change asks of whoever makes it, and of whoever undoes it. */
export const rightFor: Record<ClientChange['kind'], Right> = {
  assign: 'clients.assign',
  status: 'clients.archive',
  tag: 'clients.edit',
}

/** What was done to one client, for undoing it. */
export type Trace =
  | { kind: 'assign'; added: string[]; removed: string[]; lead: string | null }
  | { kind: 'status'; before: string; after: string }
  | { kind: 'tag'; added: string[]; removed: string[] }
