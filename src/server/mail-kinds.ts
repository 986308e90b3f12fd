/**
 * What a mail is about, which decides whom it may go to (domain.md, `commercialMode`; B20, B47):
 * - `access`: somebody's own way in (invitation, reset, disabled, means of sign-in); always goes;
 * - `work`: what the agency's people tell one another; never about an account's state or money;
 * - `request`: the conversation with the operator;
 * - `receipt`: of what the person who gets it has bought or paid; goes to whoever paid;
 * - `account`, `renewal`, `billing`: notices about a hosted account, its renewals and its payments. They are the
 *   agency's: never to an address of a client it resells to.
 */
export const mailClasses = ['access', 'work', 'request', 'receipt', 'account', 'renewal', 'billing'] as const
export type MailClass = (typeof mailClasses)[number]

/** Whom a kind of mail is written for. */
export type MailRecipients = 'holder' | 'staff' | 'notificationAddress' | 'payer'

/** Every mail the product sends, by kind: a mail without its line here does not type-check and is not sent. */
export const mailKinds = {
  'agencies.list': { class: 'access', to: 'holder' },
  'sign_in.reset': { class: 'access', to: 'holder' },
  'sign_in.confirm': { class: 'access', to: 'holder' },
  'sign_in.security': { class: 'access', to: 'holder' },
  'sign_in.new_address': { class: 'access', to: 'holder' },
  'sign_in.address_taken': { class: 'access', to: 'holder' },
  'sign_in.address_change_asked': { class: 'access', to: 'holder' },
  'sign_in.address_changed': { class: 'access', to: 'holder' },
  'invitations.invitation': { class: 'access', to: 'holder' },
  'sub_accounts.disabled': { class: 'access', to: 'holder' },
  'account_users.invitation': { class: 'access', to: 'holder' },
  'account_users.reset': { class: 'access', to: 'holder' },
  'account_users.disabled': { class: 'access', to: 'holder' },
  'assignments.assigned': { class: 'work', to: 'staff' },
  'renewals.failed': { class: 'renewal', to: 'notificationAddress' },
  'renewals.failed_again': { class: 'renewal', to: 'notificationAddress' },
  'renewals.suspended': { class: 'renewal', to: 'notificationAddress' },
  'renewals.reopened': { class: 'renewal', to: 'notificationAddress' },
  'renewals.card_expiring': { class: 'billing', to: 'staff' },
  'budgets.low': { class: 'work', to: 'staff' },
  'support_requests.answered': { class: 'request', to: 'staff' },
  'support_requests.granted': { class: 'request', to: 'staff' },
  'support_requests.refused': { class: 'request', to: 'staff' },
  'support_requests.closed': { class: 'request', to: 'staff' },
} as const satisfies Record<string, { class: MailClass; to: MailRecipients }>
export type MailKind = keyof typeof mailKinds

const notices: ReadonlySet<MailClass> = new Set<MailClass>(['account', 'renewal', 'billing'])

/** Whether a kind is a notice that a resold client must not get. */
export function isNotice(kind: MailKind): boolean {
  return notices.has(mailKinds[kind].class)
}
