import { emailKey } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import type { MailInput } from '../../server/mail.ts'

// $2 the address as compared, $3 the hosted accounts it is about (none: about no one of them).
const sql = `
with addressed as (
  select a.id, s.commercial_mode from hosted_account a
  join subscription s on s.agency_id = a.agency_id and s.hosted_account_id = a.id
  where a.agency_id = $1 and (
    lower(normalize(a.contact_email, NFKC)) = $2
    or exists (select from realm_user u where u.agency_id = $1 and u.realm_id = a.id and u.email_key = $2)
    or exists (select from assignment x join member m on m.agency_id = x.agency_id and m.id = x.member_id and m.role = 'client'
      join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id where x.agency_id = $1 and x.client_id = a.client_id and u.email_key = $2)
    or exists (select from client c where c.agency_id = $1 and c.id = a.client_id and lower(normalize(c.email, NFKC)) = $2)
    or exists (select from billing_profile b where b.agency_id = $1 and b.client_id = a.client_id and lower(normalize(b.email, NFKC)) = $2))
)
select
  exists (select from realm_user u join member m on m.agency_id = u.agency_id and m.user_id = u.id
    where u.agency_id = $1 and u.realm_id = $1 and u.email_key = $2 and m.state = 'active' and m.role <> 'client') as staff,
  cardinality($3::uuid[]) > 0 and not exists (select from unnest($3::uuid[]) about (id)
    where not exists (select from addressed d where d.id = about.id and d.commercial_mode <> 'resold')) as concerned,
  exists (select from addressed where commercial_mode = 'resold') as silent`

/**
 * Whether a notice about an account, its renewals or its payments may go to an address (B20, B47; domain.md,
 * `commercialMode`). Never to a client that the agency resells to: the contact of such an account, its users,
 * the client's own sub-accounts, the client folder's and its billing details' addresses. The agency's own staff are told, wherever else their
 * address stands; so is the client of the very accounts it is about, when it pays them all itself.
 */
export async function mayBeTold(ctx: Ctx, mail: Pick<MailInput, 'to' | 'about'>): Promise<boolean> {
  const [row] = await ctx.tx.query<{ staff: boolean; concerned: boolean; silent: boolean }>(
    'may_be_told',
    sql,
    [ctx.agencyId, emailKey(mail.to.email), mail.about?.hostedAccountIds ?? []],
  )
  const { staff, concerned, silent } = row!
  return staff || concerned || !silent
}
