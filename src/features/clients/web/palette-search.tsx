import { call } from '../../../web/call.ts'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import type { PaletteSource } from '../../../web/shell/palette-store.ts'
import { listClients } from '../contract.ts'

/** Clients found from the palette, archived ones included: Enter opens one. */
export const clientSearch: PaletteSource = {
  group: 'clients.title',
  search: async (q, signal) => {
    const { data } = await call(
      listClients,
      { query: { q, limit: 6, status: 'active,paused,archived' } },
      { signal },
    )
    return data.map((c) => ({
      id: c.id,
      label: c.name,
      description: [c.website, c.city].filter(Boolean).join(' · '),
      icon: <Tile name={c.name} id={c.id} size="s" />,
      run: (go) => go(paths.client(c.id)),
    }))
  },
}
