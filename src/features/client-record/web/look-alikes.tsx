import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import type { lookAlike } from '../contract.ts'
import { ClientStatus } from './status-menu.tsx'
import './client-record.css'

/** A client that resembles another. */
export type LookAlike = z.output<typeof lookAlike>

/** Clients that resemble this one, each with "Ouvrir la fiche". */
export function LookAlikes({ clients, onOpen }: { clients: LookAlike[]; onOpen?: () => void }) {
  const t = useT()
  return (
    <ul className="client-look-alikes">
      {clients.map((c) => (
        <li key={c.id}>
          <span>
            <b>{c.name}</b>
            {c.city ? ` · ${c.city}` : null} <ClientStatus status={c.status} />
          </span>
          <Link
            className="text-link"
            to={paths.client(c.id)}
            {...(onOpen && { onClick: onOpen })}
            aria-label={t('client_record.openRecordOf', { name: c.name })}
          >
            {t('client_record.openRecord')}
          </Link>
        </li>
      ))}
    </ul>
  )
}
