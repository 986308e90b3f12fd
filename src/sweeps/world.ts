import { idPrefixes, toPublicId, type IdKind } from '../contract/ids.ts'
import { newId, operatorId } from '../server/ids.ts'
import { hashToken } from '../server/keys.ts'
import {
  makeAccount,
  makeAccountUser,
  type TestAccount,
  type TestAccountUser,
} from '../features/account-users/testing.ts'
import { issueInvoice } from '../features/invoices/public.ts'
import { runInTenant } from '../server/run-in-tenant.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../server/testing-people.ts'
import type { TestApp } from '../server/testing.ts'
import type { Role } from '../contract/rights.ts'
import { moveMoney } from '../features/wallets/public.ts'

/** What the sandbox's bank asks in each of them: its address has no prefix. */
const bankQuestion = '00000000-0000-7000-8000-000000000001'

/** An agency with one of everything the API can name, by the prefix of its id. */
export type World = {
  agency: TestAgency
  people: Record<Role, TestMember>
  ids: Record<string, string>
  /** The hosted account of `ids`, with a plain user beside its administrator. */
  account: TestAccount & { user: TestAccountUser }
}

/**
 * Makes it. `mark` is in every text of it, so that one byte of it in another agency's answer is seen. Given an
 * agency, makes one more branch in it, out of the others' sight: nothing there is shared or unassigned.
 */
export async function makeWorld(t: TestApp, mark: string, within?: TestAgency): Promise<World> {
  const agency = within ?? (await makeAgency(t, { name: `Agence ${mark}` }))
  const manager = await makeMember(t, agency, { role: 'manager', name: `Marc ${mark}` })
  const consultant = await makeMember(t, agency, { role: 'consultant', parent: manager, name: `Léa ${mark}` })
  const client = await makeMember(t, agency, { role: 'client', parent: consultant, name: `Claire ${mark}` })
  if (!within)
    await t.sql(`update realm_user set name = $2 where agency_id = $1 and id = $3`, [
      agency.id,
      `Camille ${mark}`,
      agency.owner.userId,
    ])
  const folder = await makeClient(t, agency, {
    name: `Boulangerie ${mark}`,
    assignees: [consultant, client],
    home: manager,
  })
  await makeClient(t, agency, { name: `Libre ${mark}`, ...(within && { home: manager }) })
  await t.sql(
    `update client set tags = array[$2::text], city = $2, sector = $2 where agency_id = $1 and name like '%' || $2`,
    [agency.id, mark],
  )
  const id = () => newId()
  const ids: Record<IdKind, string> = {
    agency: agency.id,
    user: consultant.userId,
    member: consultant.memberId,
    client: folder.id,
    note: id(),
    session: id(),
    accessSession: id(),
    passkey: id(),
    view: id(),
    bulkChange: id(),
    import: id(),
    job: id(),
    auditEvent: id(),
    notification: id(),
    mail: id(),
    billingProfile: id(),
    wallet: id(),
    budgetRequest: id(),
    invoice: id(),
    purchase: id(),
    cardSetup: id(),
    supportRequest: id(),
    supportMessage: id(),
    handOver: id(),
    project: id(),
    campaign: id(),
    cartLine: id(),
    order: id(),
    orderLine: id(),
    orderDelivery: id(),
    orderMessage: id(),
    orderFile: id(),
    hostedAccount: id(),
    accountOpening: id(),
    accountAccess: id(),
    catalogueItem: id(),
    catalogueRule: id(),
  }
  const a = agency.id
  const owner = within ? manager : agency.owner
  const insert = async (text: string, values: unknown[]) => void (await t.sql(`insert into ${text}`, values))
  await insert(
    `client_note (agency_id, id, client_id, author_user_id, author_name, body, created_at, updated_at) values ($1, $2, $3, $4, $5, $5, now(), now())`,
    [a, ids.note, folder.id, consultant.userId, mark],
  )
  await insert(
    `session (agency_id, id, user_id, realm_id, host, token_hash, created_at, last_seen_at, idle_seconds, expires_at, method, user_agent) values ($1, $2, $3, $1, 'x', $4, now(), now(), 3600, now() + interval '1 day', 'password', $5)`,
    [a, ids.session, consultant.userId, hashToken(mark), mark],
  )
  await insert(
    `access_session (agency_id, id, session_id, actor_user_id, actor_member_id, subject_member_id, mode, read_only, reason, started_at, expires_at) values ($1, $2, $3, $4, $5, $6, 'acting', false, $7, now(), now())`,
    [a, ids.accessSession, ids.session, owner.userId, owner.memberId, consultant.memberId, mark],
  )
  await insert(
    `passkey (agency_id, id, user_id, credential_id, public_key, counter, name, created_at) values ($1, $2, $3, $4, 'x', 0, $4, now())`,
    [a, ids.passkey, consultant.userId, mark],
  )
  await insert(
    `saved_view (agency_id, id, page, member_id, is_shared, name, query, created_at) values ($1, $2, 'clients', $3, $5, $4, '{}', now())`,
    [a, ids.view, owner.memberId, mark, !within],
  )
  await insert(
    `bulk_change (agency_id, id, kind, user_id, member_id, created_at) values ($1, $2, 'tag', $3, $4, now())`,
    [a, ids.bulkChange, owner.userId, owner.memberId],
  )
  await insert(
    `import (agency_id, id, member_id, user_id, file_name, format, size, chunk_count, state, headers, created_at) values ($1, $2, $3, $4, $5, 'csv', 10, 1, 'checked', jsonb_build_array($5::text), now())`,
    [a, ids.import, owner.memberId, owner.userId, mark],
  )
  await insert(
    `import_row (agency_id, import_id, number, cells) values ($1, $2, 2, jsonb_build_array($3::text))`,
    [a, ids.import, mark],
  )
  await insert(
    `long_job (agency_id, id, kind, state, user_id, member_id, input, created_at) values ($1, $2, 'clients.export', 'done', $3, $4, jsonb_build_object('x', $5::text), now())`,
    [a, ids.job, owner.userId, owner.memberId, mark],
  )
  await insert(
    `notification (agency_id, id, user_id, kind, data, created_at) values ($1, $2, $3, 'clients_assigned', jsonb_build_object('by', $4::text, 'count', 1, 'client', $4::text), now())`,
    [a, ids.notification, owner.userId, mark],
  )
  await insert(
    `mail (agency_id, id, kind, to_email, from_name, locale, subject, html, text, created_at) values ($1, $2, 'x.y', 'x@exemple.fr', $3, 'fr', $3, $3, $3, now())`,
    [a, ids.mail, mark],
  )
  await insert(
    `billing_profile (agency_id, id, client_id, legal_name, updated_at) values ($1, $2, $3, $4, now())`,
    [a, ids.billingProfile, folder.id, mark],
  )
  await insert(
    `purchase (agency_id, id, operation_key, input_hash, kind, payer_id, currency, net, vat, gross, vat_category, use_of, attended, subject, state, card_paid, created_by_name, created_at, paid_at)
     values ($1, $2, $3, 'x', 'x.y', $1, 'EUR', 100, 20, 120, 'S', 'card', true, '{}', 'paid', 120, $3, now(), now())`,
    [a, ids.purchase, mark],
  )
  await insert(
    `purchase_line (agency_id, purchase_id, number, kind, label, quantity, unit_price, discount, net, vat_rate) values ($1, $2, 1, 'plan', $3, 1, 100, 0, 100, 2000)`,
    [a, ids.purchase, mark],
  )
  await insert(
    `card_setup (agency_id, id, payer_id, provider, provider_ref, state, return_path, created_by, created_at) values ($1, $2, $1, 'sandbox', $3, 'requires_action', '/', $3, now())`,
    [a, ids.cardSetup, mark],
  )
  if (!within)
    await insert(
      `sandbox_payment (agency_id, id, idempotency_key, kind, card, amount, currency, state, description, created_at, changed_at) values ($1, $2, $3, 'setup', 'sandbox_asks_3155', 0, 'EUR', 'requires_action', $3, now(), now())`,
      [a, bankQuestion, mark],
    )
  await insert(
    `project (agency_id, id, client_id, name, site_url, site_host, created_by_name, created_at, updated_at) values ($1, $2, $3, $4, 'https://exemple.fr/', 'exemple.fr', $4, now(), now())`,
    [a, ids.project, folder.id, mark],
  )
  await insert(
    `campaign (agency_id, id, client_id, name, goal, starts_on, budget, currency, created_by_name, created_at, updated_at) values ($1, $2, $3, $4, $4, current_date, 100000, 'EUR', $4, now(), now())`,
    [a, ids.campaign, folder.id, mark],
  )
  await insert(`campaign_project (agency_id, client_id, campaign_id, project_id) values ($1, $2, $3, $4)`, [
    a,
    folder.id,
    ids.campaign,
    ids.project,
  ])
  await insert(
    `cart_line (agency_id, id, member_id, client_id, item_id, quantity, instructions, created_at, updated_at) values ($1, $2, $3, $4, $5, 1, $6, now(), now())`,
    [a, ids.cartLine, owner.memberId, folder.id, id(), mark],
  )
  await insert(
    `client_order (agency_id, id, number, client_id, project_id, campaign_id, state, currency, total, held, client_name, path_ids, path, placed_by_name, placed_at, placed_on, search_text, updated_at)
     values ($1, $2, (select coalesce(max(number), 0) + 1 from client_order where agency_id = $1), $3, $4, $5, 'delivered', 'EUR', 0, 0, $6, array[$7::uuid], jsonb_build_array(jsonb_build_object('id', $7::uuid, 'role', 'manager', 'name', $6::text)), $6, now(), current_date, lower($6), now())`,
    [a, ids.order, folder.id, ids.project, ids.campaign, mark, manager.memberId],
  )
  await insert(
    `order_line (agency_id, id, order_id, position, item_id, item_version, kind, title, quantity, unit_price, unit_cost, delivered) values ($1, $2, $3, 1, $4, 1, 'link', $5, 1, 0, 0, 1)`,
    [a, ids.orderLine, ids.order, id(), mark],
  )
  await insert(
    `order_file (agency_id, id, order_id, name, content_type, size, sha256, bytes, side, for_client, author_name, message_id, created_at) values ($1, $2, $3, $4 || '.txt', 'text/plain', 1, sha256('x'), 'x', 'agency', true, $4, $5, now())`,
    [a, ids.orderFile, ids.order, mark, ids.orderMessage],
  )
  await insert(
    `order_message (agency_id, id, order_id, side, for_client, author_name, body, created_at) values ($1, $2, $3, 'agency', true, $4, $4, now())`,
    [a, ids.orderMessage, ids.order, mark],
  )
  await insert(
    `order_delivery (agency_id, id, order_id, line_id, quantity, proof_url, delivered_on, note, delivered_by_name, created_at) values ($1, $2, $3, $4, 1, 'https://exemple.fr/', current_date, $5, $5, now())`,
    [a, ids.orderDelivery, ids.order, ids.orderLine, mark],
  )
  await insert(
    `order_event (agency_id, id, order_id, kind, side, actor_name, from_state, to_state, occurred_at) values ($1, $2, $3, 'deliver', 'operator', $4, 'in_progress', 'delivered', now())`,
    [a, id(), ids.order, mark],
  )
  const account = await makeAccount(t, agency, {
    id: ids.hostedAccount,
    clientId: folder.id,
    name: mark,
    slug: `hac-${mark.toLowerCase()}`,
    contactEmail: `${mark.toLowerCase()}@exemple.fr`,
    adminName: `Hélène ${mark}`,
  })
  const user = await makeAccountUser(t, { ...account, agencyId: a }, { name: `Bastien ${mark}` })
  await insert(
    `account_access_session (agency_id, id, hosted_account_id, client_id, origin_session_id, session_id, actor_user_id, actor_member_id, member_id, subject_user_id, reason, back_to, started_at, expires_at)
     values ($1, $2, $3, $4, $5, $5, $6, $7, $7, $8, $9, '/', now(), now())`,
    [
      a,
      ids.accountAccess,
      account.id,
      folder.id,
      ids.session,
      owner.userId,
      owner.memberId,
      account.admin.userId,
      mark,
    ],
  )
  await insert(
    `account_opening (agency_id, id, hosted_account_id, client_id, state, step, slug, name, details, asked_at, asked_by_name) values ($1, $2, $3, $4, 'ready', 'done', $5, $5, $6, now(), $5)`,
    [
      a,
      ids.accountOpening,
      ids.hostedAccount,
      folder.id,
      mark,
      JSON.stringify({ paid: null, currency: 'EUR', trial: { version: 1, days: 14, contacts: 100 } }),
    ],
  )
  // The operator's, on sale in every agency.
  await t.sql(
    `insert into catalogue_item (agency_id, id, reference, kind, state, name, site, theme, language, country, trust, delay_days, price, currency, published_number, published_at, created_at, updated_at)
     values ($1, $2, $2::uuid::text, 'link', 'published', 'Le Journal', 'journal.example', 'news', 'fr', 'FR', 40, 7, 12000, 'EUR', 1, now(), now(), now())`,
    [operatorId, ids.catalogueItem],
  )
  await t.sql(
    `insert into catalogue_item_version (agency_id, item_id, number, kind, name, site, theme, language, country, trust, delay_days, price, currency, created_at, created_by_name, published_at)
     values ($1, $2, 1, 'link', 'Le Journal', 'journal.example', 'news', 'fr', 'FR', 40, 7, 12000, 'EUR', now(), 'Test', now())`,
    [operatorId, ids.catalogueItem],
  )
  await insert(
    `catalogue_rule (agency_id, id, effect, position, percent_basis_points, created_at, created_by_name) values ($1, $2, 'margin', 0, 2000, now(), $3)`,
    [a, ids.catalogueRule, mark],
  )
  const { invoiceId } = await runInTenant(t.app, { agencyId: a }, (ctx) =>
    issueInvoice(ctx, {
      seller: 'operator',
      payer: { kind: 'client', id: folder.id },
      lines: [
        {
          label: mark,
          quantity: 1,
          unitPrice: 1000n,
          discount: 0n,
          net: 1000n,
          vatRateBasisPoints: 2000,
          kind: 'test',
        },
      ],
      currency: 'EUR',
      prepaidUsed: 0n,
      cardPaid: 0n,
    }),
  )
  ids.invoice = invoiceId
  await insert(
    `support_request (agency_id, id, kind, title, opened_by, opened_by_name, opened_at, last_message_at, last_side) values ($1, $2, 'help', $3, $4, $3, now(), now(), 'agency')`,
    [a, ids.supportRequest, mark, owner.userId],
  )
  await insert(
    `support_message (agency_id, id, request_id, side, author_user_id, author_name, body, created_at) values ($1, $2, $3, 'agency', $4, $5, $5, now())`,
    [a, ids.supportMessage, ids.supportRequest, owner.userId, mark],
  )
  await insert(
    `hand_over (agency_id, id, member_id, done, by_name, done_at) values ($1, $2, $3, '{}', $4, now())`,
    [a, ids.handOver, consultant.memberId, mark],
  )
  await runInTenant(t.app, { agencyId: a }, async (ctx) =>
    ctx.audit({
      action: 'client.created',
      clientId: folder.id,
      memberId: consultant.memberId,
      entity: { kind: 'client', id: folder.id, name: mark },
    }),
  )
  await runInTenant(t.app, { agencyId: a }, (ctx) =>
    moveMoney(ctx, {
      operationKey: id(),
      reason: 'budget.allocated',
      note: mark,
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -500n },
        { wallet: { owner: 'client', id: folder.id, purpose: 'budget', unit: 'EUR' }, amount: 500n },
      ],
    }),
  )
  const [budget] = await t.sql<{ id: string }>(
    `select id from wallet where agency_id = $1 and owner_id = $2 and purpose = 'budget'`,
    [a, folder.id],
  )
  ids.wallet = budget!.id
  await insert(
    `budget_request (agency_id, id, owner_kind, owner_id, amount, note, asked_by_name, asked_at) values ($1, $2, 'client', $3, 100, $4, $4, now())`,
    [a, ids.budgetRequest, folder.id, mark],
  )
  const byPrefix = Object.fromEntries(
    (Object.keys(ids) as IdKind[]).map((kind) => [idPrefixes[kind], toPublicId(kind, ids[kind])]),
  )
  return {
    agency,
    people: { owner: agency.owner, manager, consultant, client },
    ids: byPrefix,
    account: { ...account, user },
  }
}

/** Kinds of ids that name the operator's own things: every agency may name them, and what it says of them is its own. */
export const sharedPrefixes = [idPrefixes.catalogueItem]

/** One line per table: what an agency's rows are now. `last_seen_at` moves by itself and is left out. */
export async function digestOf(t: TestApp, agencyId: string): Promise<Record<string, string | null>> {
  const tables = await t.sql<{
    name: string
  }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'agency_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`)
  const digest: Record<string, string | null> = {}
  for (const { name } of tables) {
    const [row] = await t.sql<{ rows: string | null }>(
      `select md5(string_agg((to_jsonb(x) - 'last_seen_at')::text, ',' order by x::text)) as rows from ${name} x where agency_id = $1`,
      [agencyId],
    )
    digest[name] = row?.rows ?? null
  }
  return digest
}
