import { rolesOf as rolesOfKind, type Role } from '../../contract/rights.ts'

/** Depth of an agency's hierarchy (C5 to C7). */
export type Mode = 'simple' | 'intermediate' | 'full'

// Role by mode: the roles a parent may have, besides the root. A role that is absent can't be given in that
// mode. Owners always stand at the root; nobody hangs below an owner, since the root says the same.
const places: Record<Mode, Partial<Record<Role, readonly Role[]>>> = {
  simple: { owner: [], consultant: [], client: [] },
  intermediate: { owner: [], manager: [], consultant: [], client: ['manager'] },
  full: { owner: [], manager: ['manager'], consultant: ['manager'], client: ['manager', 'consultant'] },
}

/** Roles that may be given in an agency of that mode and account type, highest first. */
export function rolesOf(mode: Mode, kind: string): Role[] {
  return rolesOfKind(kind).filter((role) => role in places[mode])
}

/** Roles a member of that role may be placed under, besides the agency's root. */
export function parentRolesOf(mode: Mode, role: Role): readonly Role[] {
  return places[mode][role] ?? []
}

/** Whether a member of `role` may stand under a parent of `parentRole` (null: at the root). */
export function mayStandUnder(mode: Mode, role: Role, parentRole: Role | null): boolean {
  return parentRole === null || parentRolesOf(mode, role).includes(parentRole)
}

/** Roles a member may give: an owner any of the mode; a manager those it can have below itself. */
export function rolesGivenBy(mode: Mode, kind: string, giver: Role): Role[] {
  if (giver === 'owner') return rolesOf(mode, kind)
  return giver === 'manager'
    ? rolesOf(mode, kind).filter((role) => parentRolesOf(mode, role).includes('manager'))
    : []
}
