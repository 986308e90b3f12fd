import { Suspense, createElement, lazy, useMemo, useState } from 'react'
import { IconSearch } from '@tabler/icons-react'
import { TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { foldText } from '../../../web/kit/fold-text.ts'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { usePathParam } from '../../../web/router.tsx'
import { NotFoundPage } from '../../../web/shell/not-found-page.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { sectionsOf, settingsSections, type SettingsSection } from '../../../web/settings-sections.ts'
import './settings.css'

const contents = Object.fromEntries(
  settingsSections.map((s) => [
    sectionKey(s),
    createElement(lazy(async () => ({ default: await s.load() }))),
  ]),
)

/** Sections of two kinds of hosts may have the same word in their address. */
function sectionKey(s: SettingsSection): string {
  return `${s.realm ?? 'agency'} ${s.id}`
}

/** The settings: one list, searchable, one level deep; the chosen section beside it. */
export function SettingsPage() {
  const t = useT()
  const me = useMe()
  const sections = useMemo(() => (me ? sectionsOf(me) : []), [me])
  const id = usePathParam('section')
  const chosen = id === '' ? undefined : sections.find((s) => s.id === id)
  useTitle(chosen ? t(chosen.title) : t('settings.title'))
  if (sections.length === 0 || (id !== '' && !chosen)) return <NotFoundPage />
  // Wide screens always show a section; a phone shows the list first.
  const shown = chosen ?? sections[0]
  return (
    <div className="settings" data-chosen={chosen !== undefined || undefined}>
      <SectionList sections={sections} current={shown?.id} />
      {shown ? <Section key={shown.id} section={shown} /> : null}
    </div>
  )
}

function SectionList(props: { sections: SettingsSection[]; current: string | undefined }) {
  const t = useT()
  const [search, setSearch] = useState('')
  const words = foldText(search).split(/\s+/)
  const found = props.sections.filter((s) => {
    const text = foldText(`${t(s.title)} ${t(s.text)} ${t(s.words)}`)
    return words.every((word) => text.includes(word))
  })
  return (
    <nav className="settings-list" aria-label={t('settings.list')}>
      <h1>{t('settings.title')}</h1>
      <TextInput
        aria-label={t('settings.search')}
        placeholder={t('settings.search')}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.map((s) => (
        <Link
          key={s.id}
          to={paths.settings(s.id)}
          className="settings-link"
          data-on={s.id === props.current || undefined}
          aria-current={s.id === props.current ? 'page' : undefined}
        >
          <s.icon size={17} stroke={1.6} />
          <span>
            <b>{t(s.title)}</b>
            <small>{t(s.text)}</small>
          </span>
        </Link>
      ))}
      {found.length === 0 ? <p className="meta">{t('settings.nothing')}</p> : null}
    </nav>
  )
}

function Section({ section }: { section: SettingsSection }) {
  const t = useT()
  return (
    <div className="settings-section">
      <Breadcrumb
        crumbs={[{ label: t('settings.title'), to: paths.settings() }, { label: t(section.title) }]}
      />
      <PageHead title={t(section.title)} subtitle={t(section.text)} />
      <div className="scrolls settings-content">
        <Suspense fallback={<PageSkeleton />}>{contents[sectionKey(section)]}</Suspense>
      </div>
    </div>
  )
}
