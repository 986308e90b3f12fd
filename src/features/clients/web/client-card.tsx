import { Link } from '@tanstack/react-router'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import type { ClientRow } from '../contract.ts'
import { ClientPeople } from './client-people.tsx'
import { ClientStatus } from './client-status.tsx'

/** A client on a phone: two lines (picture 07). */
export function ClientCard({
  client,
  onAssign,
}: {
  client: ClientRow
  onAssign: (client: ClientRow) => void
}) {
  return (
    <RowCard
      icon={<Tile name={client.name} id={client.id} />}
      title={<Link to={paths.client(client.id)}>{client.name}</Link>}
      badge={<ClientStatus status={client.status} />}
      start={<ClientPeople client={client} onAssign={onAssign} />}
      end={client.monthlyBudget ? <MoneyText value={client.monthlyBudget} whole /> : null}
    />
  )
}
