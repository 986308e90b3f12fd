import { Switch } from '@mantine/core'
import { IconChevronRight, IconHistory, IconLock, IconTable, IconUserShield } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { paths } from '../../../web/paths.ts'
import { WithAgency, saveAgency, type AgencySettings } from './use-agency.tsx'

const links = [
  {
    to: paths.rights,
    icon: IconTable,
    title: 'settings.security.rights',
    text: 'settings.security.rightsText',
  },
  {
    to: paths.audit,
    icon: IconHistory,
    title: 'settings.security.audit',
    text: 'settings.security.auditText',
  },
  {
    to: paths.profile,
    icon: IconUserShield,
    title: 'settings.security.profile',
    text: 'settings.security.profileText',
  },
] as const

const fixed = ['password', 'lock', 'session', 'disable'] as const

/** Settings, "Sécurité": the rule the agency may choose, those always in place, and where the rest is. */
export function SecuritySection() {
  return <WithAgency>{(agency) => <SecurityRules agency={agency} />}</WithAgency>
}

function SecurityRules({ agency }: { agency: AgencySettings }) {
  const t = useT()
  return (
    <div className="settings-form">
      <ReasonSwitch agency={agency} />
      <section className="card settings-fixed" aria-labelledby="settings-fixed">
        <h2 id="settings-fixed">{t('settings.security.fixed')}</h2>
        <ul>
          {fixed.map((rule) => (
            <li key={rule}>
              <IconLock size={15} aria-hidden="true" />
              {t(`settings.security.fixed.${rule}`)}
            </li>
          ))}
        </ul>
      </section>
      <nav className="card settings-ways" aria-label={t('settings.security.title')}>
        {links.map(({ to, icon: Icon, title, text }) => (
          <Link key={to} to={to} className="settings-way">
            <Icon size={18} stroke={1.6} aria-hidden="true" />
            <span>
              <b>{t(title)}</b>
              <small>{t(text)}</small>
            </span>
            <IconChevronRight size={16} aria-hidden="true" />
          </Link>
        ))}
      </nav>
    </div>
  )
}

function ReasonSwitch({ agency }: { agency: AgencySettings }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const change = (on: boolean) => {
    setBusy(true)
    saveAgency(agency, { actingReasonRequired: on })
      .then(() => notify(t(on ? 'settings.security.reasonOn' : 'settings.security.reasonOff')), notifyError)
      .finally(() => setBusy(false))
  }
  return (
    <Switch
      label={t('settings.security.reason')}
      description={t('settings.security.reasonText')}
      checked={agency.actingReasonRequired}
      disabled={busy}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  )
}
