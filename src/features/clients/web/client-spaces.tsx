import { useEffect, useState } from 'react'
import { keepPreviousData } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Kbd } from '../../../web/kit/kbd.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listClients } from '../contract.ts'

/** As many as there are digits to open them with. */
const shown = 9

/** The switcher's spaces: the clients that moved last, or those whose name matches what is typed. */
export function ClientSpaces(props: { query: string; close: () => void }) {
  const t = useT()
  const me = useMe()
  const q = useSettled(props.query.trim())
  const query = q === '' ? { limit: shown, sort: '-lastActivityAt' } : { limit: shown, q }
  const allowed = me?.agency?.kind === 'agency' && me.rights.includes('clients.read')
  const { data } = useEndpoint(
    listClients,
    { query },
    { enabled: allowed, placeholderData: keepPreviousData },
  )
  if (!data) return null
  return (
    <>
      <div className="nav-title">{t(q === '' ? 'shell.switcher.recent' : 'shell.switcher.clients')}</div>
      {data.data.map((client, i) => (
        <Link key={client.id} to={paths.client(client.id)} className="space-line" onClick={props.close}>
          <Tile name={client.name} id={client.id} />
          <span>
            <b>{client.name}</b>
            <small>{[client.website, client.city].filter(Boolean).join(' · ')}</small>
          </span>
          {props.query === '' ? <Kbd>{i + 1}</Kbd> : null}
        </Link>
      ))}
      {data.data.length === 0 ? <p className="meta space-none">{t('shell.switcher.none')}</p> : null}
    </>
  )
}

/** What was typed, once typing has paused for 150 ms. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 150)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
