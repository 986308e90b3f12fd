import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import { addressOf } from '../agencies/public.ts'
import { samplePassword } from './cast.ts'
import { inSampleAgency, offersSample, sampleAgencyId } from './sample-agency.ts'
import type { getSampleAgency as contract } from './contract.ts'

type Answer = AnswerOf<typeof contract>

/**
 * Who may be tried in the sample agency, on the base host and on its own; other agencies learn nothing. Only
 * people who still have the password that is shown.
 */
export async function getSampleAgency(ctx: Ctx): Promise<Answer> {
  const elsewhere = ctx.realm.kind !== 'operator' && ctx.agencyId !== sampleAgencyId
  if (elsewhere || !(await offersSample(ctx))) return { offered: false, agency: null }
  return { offered: true, agency: await inSampleAgency(ctx, describe) }
}

async function describe(ctx: Ctx): Promise<NonNullable<Answer['agency']>> {
  const people = await ctx.tx.query<{
    id: string
    name: string
    email: string
    role: Role
    job_title: string | null
  }>(
    'sample_people',
    `select m.id, u.name, u.email, m.role, m.job_title from member m join realm_user u on u.agency_id = $1 and u.id = m.user_id
     where m.agency_id = $1 and m.state = 'active'
       and u.password_hash = (select o.password_hash from realm_user o where o.agency_id = $1 and o.password_hash is not null
         group by o.password_hash order by count(*) desc limit 1)
     order by array_position(array['owner', 'manager', 'consultant', 'client'], m.role), m.created_at, m.id`,
    [ctx.agencyId],
  )
  return {
    name: ctx.agency?.name ?? '',
    address: addressOf(ctx),
    password: samplePassword,
    people: people.map((p) => ({
      id: toPublicId('member', p.id),
      name: p.name,
      email: p.email,
      role: p.role,
      jobTitle: p.job_title ?? '',
    })),
  }
}
