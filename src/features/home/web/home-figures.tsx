import { useT } from '../../../web/i18n/use-t.ts'
import { useCountText } from '../../../web/kit/count.ts'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { paths } from '../../../web/paths.ts'
import { countCap } from '../contract.ts'
import type { Home } from './home-page.tsx'

/** The figures to know, each leading to the list behind it. */
export function HomeFigures({ home }: { home: Home }) {
  const t = useT()
  const count = useCountText()
  const { clients, members } = home
  if (!clients && !members) return null
  return (
    <section aria-label={t('home.figures')}>
      <KeyFigures>
        {clients ? (
          <>
            <KeyFigure
              label={t('home.figure.clients')}
              value={count(clients.seen)}
              {...(clients.seen < countCap && { detail: t('home.figure.paused', { n: clients.paused }) })}
              to={paths.clients}
            />
            <KeyFigure
              label={t('home.figure.mine')}
              value={count(clients.mine)}
              detail={t('home.figure.mineText')}
              to={paths.clients}
              search={{ mine: 'true' }}
            />
            <KeyFigure
              label={t('home.figure.unassigned')}
              value={count(clients.unassigned)}
              detail={t('home.figure.unassignedText', { n: clients.unassigned })}
              to={paths.clients}
              search={{ unassigned: 'true' }}
            />
          </>
        ) : null}
        {members ? (
          <KeyFigure
            label={t('home.figure.members')}
            value={count(members.active)}
            detail={t('home.figure.invited', { n: members.invited })}
            to={paths.subAccounts}
          />
        ) : null}
      </KeyFigures>
    </section>
  )
}
