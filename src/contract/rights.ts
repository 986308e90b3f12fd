/** Roles of a member (domain.md, "Who sees what"). `operator` is the installation's own staff. */
export const roles = ['owner', 'manager', 'consultant', 'client'] as const
export type Role = (typeof roles)[number]

/**
 * What a member may do to what it sees: role by action, the only place that says so.
 * The interface shows this table as a page; answers carry `can` derived from it.
 */
export const rights = {
  'agency.edit': ['owner'],
  'agency.security': ['owner'],
  // What the agency itself pays: its billing profile, its card, its purchases.
  'billing.manage': ['owner'],
  // Purchases that one's clients pay themselves (C21), besides the agency's for its owners.
  'purchases.read': ['owner', 'client'],
  'purchases.pay': ['owner', 'client'],
  'agency.mode': ['owner'],
  'support.request': ['owner'],
  'audit.read': ['owner'],
  'audit.export': ['owner'],
  'members.read': ['owner', 'manager', 'consultant'],
  'members.invite': ['owner', 'manager'],
  'members.edit': ['owner', 'manager'],
  'members.disable': ['owner', 'manager'],
  'members.actAs': ['owner', 'manager', 'consultant'],
  'clients.read': ['owner', 'manager', 'consultant', 'client'],
  // What the team writes for itself on a client: notes, tags, description, history.
  'clients.internals': ['owner', 'manager', 'consultant'],
  'clients.create': ['owner', 'manager', 'consultant'],
  'clients.edit': ['owner', 'manager', 'consultant'],
  'clients.billing': ['owner', 'manager'],
  'clients.assign': ['owner', 'manager'],
  'clients.archive': ['owner', 'manager'],
  'clients.import': ['owner', 'manager'],
  'clients.export': ['owner', 'manager'],
  // The card of a client that pays its own subscriptions (C21).
  'clients.pay': ['owner', 'client'],
  // Work bought for clients: a client's own people may too, for themselves (C20, A8).
  'projects.read': ['owner', 'manager', 'consultant', 'client'],
  'projects.edit': ['owner', 'manager', 'consultant', 'client'],
  'campaigns.read': ['owner', 'manager', 'consultant', 'client'],
  'campaigns.edit': ['owner', 'manager', 'consultant'],
  'orders.read': ['owner', 'manager', 'consultant', 'client'],
  'orders.place': ['owner', 'manager', 'consultant', 'client'],
  'orders.approve': ['owner', 'manager', 'consultant', 'client'],
  // What an order costs the agency, and its margin.
  'orders.cost': ['owner'],
  'orders.settings': ['owner'],
  // Balances and statements: each from its own level down; a client's own people read theirs (C20).
  'budgets.read': ['owner', 'manager', 'consultant', 'client'],
  'budgets.move': ['owner', 'manager', 'consultant'],
  'budgets.topUp': ['owner', 'client'],
  // An owner's are the agency's; a client member's those made out to the clients it sees.
  'invoices.read': ['owner', 'client'],
  // SMS, previews and prepaid credit: buying, handing out, taking back (B67 to B73).
  'credits.manage': ['owner'],
  'notes.write': ['owner', 'manager', 'consultant'],
  'views.share': ['owner'],
  // Revente: hosted accounts, what they cost and when they renew.
  'resale.manage': ['owner'],
  // Entering a client's hosted account as its administrator (B9), and its users' means of sign-in (B51, B52).
  'accounts.enter': ['owner', 'manager', 'consultant'],
  'accounts.credentials': ['owner', 'manager'],
  // Totals, lists and reports of the orders in sight (C15 to C18, C20).
  'following.read': ['owner', 'manager', 'consultant', 'client'],
  'catalogue.read': ['owner', 'manager', 'consultant', 'client'],
  // What the agency keeps back, its retail prices, and the wholesale prices and margins behind them.
  'catalogue.manage': ['owner'],
  'access.explain': ['owner', 'manager', 'consultant'],
} as const satisfies Record<string, readonly Role[]>

/** Roles of a hosted account's user. */
export const accountRoles = ['admin', 'user'] as const
export type AccountRole = (typeof accountRoles)[number]

/** What a user of a hosted account may do in it: role by action, as `rights` says it for an agency. */
export const accountRights = {
  'account.users': ['admin'],
  'account.visits': ['admin'],
} as const satisfies Record<string, readonly AccountRole[]>

export type Right = keyof typeof rights | keyof typeof accountRights | 'operator'

/**
 * Whether an account type opens what a right is about: an advertiser is one company and has no client folders
 * (A1), so that for it their endpoints don't exist (404) and its pages don't show them. Other types open all.
 */
export function opens(kind: string | undefined, right: Right): boolean {
  return (
    kind !== 'advertiser' ||
    !/^(clients|notes|access|accounts|resale|credits|budgets|projects|campaigns|orders|following|catalogue)\./.test(
      right,
    )
  )
}

/** Roles that people of an account type may have: an advertiser has no clients to give a sub-account to (A1). */
export function rolesOf(kind: string | undefined): readonly Role[] {
  return kind === 'advertiser' ? roles.filter((role) => role !== 'client') : roles
}

/** Whether a member's role holds a right; the operator's and those of hosted accounts are never a member's. */
export function holds(role: Role, right: Right): boolean {
  return right in rights && (rights[right as keyof typeof rights] as readonly Role[]).includes(role)
}

/** Whether a hosted account's user of that role holds a right; none of an agency's are. */
export function accountHolds(role: AccountRole, right: Right): boolean {
  return (
    right in accountRights &&
    (accountRights[right as keyof typeof accountRights] as readonly AccountRole[]).includes(role)
  )
}
