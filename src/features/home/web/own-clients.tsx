import { IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import type { Home } from './home-page.tsx'

/** The viewer's own clients, where something happened last first; a client's own people call them folders. */
export function OwnClients(props: { title: string; clients: Home['mine']; more: boolean }) {
  const t = useT()
  return (
    <section className="card home-list" aria-labelledby="home-mine">
      <header>
        <h2 id="home-mine">{props.title}</h2>
        {props.more ? (
          <Link to={paths.clients} search={{ mine: 'true' } as never} className="text-link">
            {t('home.mine.all')}
          </Link>
        ) : null}
      </header>
      {props.clients.length === 0 ? (
        <Empty icon={<IconUsers size={28} stroke={1.5} />} title={t('home.mine.none')} heading="h3">
          {t('home.mine.noneText')}
        </Empty>
      ) : (
        <ul>
          {props.clients.map((client) => (
            <li key={client.id}>
              <Link to={paths.client(client.id)} className="home-line">
                <Tile name={client.name} id={client.id} />
                <span className="home-line-text">
                  <b>{client.name}</b>
                  <small>{client.website}</small>
                </span>
                <span className="meta">
                  <RelativeDate value={client.lastActivityAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
