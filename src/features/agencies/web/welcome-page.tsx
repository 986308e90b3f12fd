import { Anchor, Button } from '@mantine/core'
import { IconEyeCheck, IconFileImport, IconPalette } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import { useRealm } from '../../../web/realm.ts'
import { PlainLayout } from '../../../web/shell/plain-layout.tsx'
import { ExploreButton } from '../../sample-data/web/explore-button.tsx'
import { SamplePeople } from '../../sample-data/web/sample-people.tsx'
import { OpenSpace } from './open-space.tsx'
import './agencies.css'

const points = [
  { icon: IconEyeCheck, title: 'agencies.welcome.point.sight', text: 'agencies.welcome.point.sightText' },
  { icon: IconFileImport, title: 'agencies.welcome.point.import', text: 'agencies.welcome.point.importText' },
  { icon: IconPalette, title: 'agencies.welcome.point.place', text: 'agencies.welcome.point.placeText' },
] as const

/** The base host's first page: begin, explore, or find one's way back. */
export function WelcomePage() {
  const t = useT()
  const realm = useRealm()
  return (
    <PlainLayout end={<WelcomeLinks />}>
      <div className="welcome">
        <div className="welcome-main">
          <h1>{t('shell.promise.base')}</h1>
          <p className="welcome-lead">
            {t('agencies.welcome.lead')}
            {realm.emptyInstallation ? ` ${t('agencies.welcome.fresh')}` : null}
          </p>
          <div className="welcome-acts">
            <Button size="md" renderRoot={(root) => <Link to={paths.signUp} {...root} />}>
              {t('agencies.welcome.create')}
            </Button>
            {realm.sandbox ? <ExploreButton /> : null}
          </div>
          {realm.sandbox ? <p className="meta">{t('agencies.welcome.sampleHint')}</p> : null}
          <ul className="welcome-points">
            {points.map(({ icon: Icon, title, text }) => (
              <li key={title}>
                <Icon size={20} stroke={1.6} aria-hidden="true" />
                <div>
                  <b>{t(title)}</b>
                  <p className="ink-2">{t(text)}</p>
                </div>
              </li>
            ))}
          </ul>
        </div>
        <div className="welcome-side">
          <section className="card welcome-card" aria-labelledby="welcome-have">
            <h2 id="welcome-have">{t('agencies.welcome.have')}</h2>
            <OpenSpace />
            <Anchor renderRoot={(root) => <Link to={paths.findAgency} {...root} />} size="sm">
              {t('agencies.welcome.find')}
            </Anchor>
          </section>
          {realm.sandbox ? <SamplePeople /> : null}
        </div>
      </div>
    </PlainLayout>
  )
}

function WelcomeLinks() {
  const t = useT()
  const { mailbox } = useRealm()
  return (
    <nav className="welcome-links" aria-label={t('agencies.welcome.page')}>
      <Anchor href={paths.apiReference} size="sm" c="dimmed">
        {t('agencies.welcome.api')}
      </Anchor>
      {mailbox ? (
        <Anchor renderRoot={(root) => <Link to={paths.mailbox} {...root} />} size="sm" c="dimmed">
          {t('agencies.welcome.mailbox')}
        </Anchor>
      ) : null}
    </nav>
  )
}
