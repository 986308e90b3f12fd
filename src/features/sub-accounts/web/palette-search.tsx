import { call } from '../../../web/call.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { paths } from '../../../web/paths.ts'
import type { PaletteSource } from '../../../web/shell/palette-store.ts'
import { listMembers } from '../contract.ts'

/** Sub-accounts found from the palette by name or address: Enter opens one. */
export const memberSearch: PaletteSource = {
  group: 'sub_accounts.title',
  right: 'members.read',
  search: async (q, signal) => {
    const { data } = await call(listMembers, { query: { q, limit: 5 } }, { signal })
    return data.map((member) => ({
      id: member.id,
      label: member.name,
      description: member.email,
      icon: <Avatar person={member} />,
      run: (go) => go(paths.subAccount(member.id)),
    }))
  },
}
