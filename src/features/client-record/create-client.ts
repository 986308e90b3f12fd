import type { InputOf } from '../../contract/endpoint.ts'
import { checkSiren } from '../../contract/company-numbers.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { assignClients } from '../assignments/public.ts'
import { checkClientValues, columnsOf, type ClientValues } from './client-columns.ts'
import { defaultHome, homeById } from './client-home.ts'
import type * as contract from './contract.ts'
import { findLookAlikes } from './find-look-alikes.ts'
import { tellClientChanged } from './lock-client.ts'
import { readClient, readClientOr404, type ClientRecord } from './read-client.ts'

type Body = InputOf<typeof contract.createClient>['body']

/**
 * Adds a client (A2, A14). 409 `client.duplicate` with the look-alikes in the caller's sight, unless confirmed.
 * A consultant is assigned what it creates, and so is anybody who would not see it otherwise.
 */
export async function createClient(
  ctx: Ctx,
  { body }: InputOf<typeof contract.createClient>,
): Promise<ClientRecord> {
  const { siren: sirenText, homeId, assigneeIds = [], leadId, confirmDuplicate, ...values } = body
  checkRights(ctx, body)
  const siren = sirenOf(sirenText)
  checkClientValues(ctx, values)
  if (leadId !== undefined && !assigneeIds.includes(leadId))
    throw invalid({ leadId: 'client.lead_not_assignee' })
  if (!confirmDuplicate) {
    const lookAlikes = await findLookAlikes(ctx, { name: values.name, siren })
    if (lookAlikes.length > 0)
      throw new Refusal(409, 'client.duplicate', {
        values: { name: lookAlikes[0]!.name, count: lookAlikes.length },
        data: { lookAlikes },
      })
  }
  const home = homeId === undefined ? await defaultHome(ctx) : await chosenHome(ctx, homeId)
  const id = newId()
  await insertClient(ctx, id, values, home)
  if (siren !== null) await insertSiren(ctx, id, siren)
  ctx.audit({
    action: 'client.created',
    clientId: id,
    entity: { kind: 'client', id, name: values.name },
    data: { ...values, ...(siren !== null && { siren }) },
  })
  await assign(ctx, id, assigneeIds, leadId)
  tellClientChanged(ctx, id)
  return readClientOr404(ctx, id)
}

/** Assigning others and starting billing details ask for their own rights. */
function checkRights(ctx: Ctx, body: Body): void {
  const others = (body.assigneeIds ?? []).some((id) => id !== memberOf(ctx).memberId)
  if ((others || body.homeId !== undefined) && !ctx.may('clients.assign'))
    throw new Refusal(403, 'right.missing')
  if (body.siren && !ctx.may('clients.billing')) throw new Refusal(403, 'right.missing')
}

function sirenOf(text: string | null | undefined): string | null {
  if (!text) return null
  const result = checkSiren(text)
  if ('fault' in result)
    throw invalid({ siren: { code: result.fault, ...(result.values && { values: result.values }) } })
  return result.value
}

/** Only an owner leaves a client at the root on purpose; others would show it to every team. */
async function chosenHome(ctx: Ctx, homeId: string | null): Promise<string | null> {
  if (homeId !== null) return (await homeById(ctx, homeId)).id
  if (memberOf(ctx).role !== 'owner') throw invalid({ homeId: 'client.home_root' })
  return null
}

async function insertClient(
  ctx: Ctx,
  id: string,
  values: ClientValues & { name: string },
  homeId: string | null,
): Promise<void> {
  const { country } = values
  await ctx.db
    .insertInto('client')
    .values((eb) => ({
      ...(columnsOf(values) as { name: string }),
      agency_id: ctx.agencyId,
      id,
      home_id: homeId,
      country: country ?? eb.selectFrom('agency').select('country').where('agency_id', '=', ctx.agencyId),
      last_activity_at: ctx.nowIso,
      created_at: ctx.nowIso,
      updated_at: ctx.nowIso,
    }))
    .execute()
}

async function insertSiren(ctx: Ctx, clientId: string, siren: string): Promise<void> {
  await ctx.db
    .insertInto('billing_profile')
    .values({ agency_id: ctx.agencyId, id: newId(), client_id: clientId, siren, updated_at: ctx.nowIso })
    .execute()
}

async function assign(
  ctx: Ctx,
  clientId: string,
  assigneeIds: string[],
  leadId: string | undefined,
): Promise<void> {
  const maker = memberOf(ctx)
  const pairOf = (memberId: string) => ({ clientId, memberId })
  const seen = maker.role !== 'consultant' && (await readClient(ctx, clientId)) !== undefined
  if (!seen) await assignClients(ctx, { add: [pairOf(maker.memberId)], trusted: true })
  if (assigneeIds.length > 0)
    await assignClients(ctx, {
      add: assigneeIds.map(pairOf),
      ...(leadId !== undefined && { lead: [pairOf(leadId)] }),
    })
}
