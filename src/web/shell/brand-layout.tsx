import type { ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import { Tile } from '../kit/tile.tsx'
import { useRealm } from '../realm.ts'
import { LanguagePicker } from './language-picker.tsx'
import { Logo } from './logo.tsx'
import './brand-layout.css'

type BrandLayoutProps = {
  title: string
  /** One line under the title. */
  lead?: ReactNode
  children: ReactNode
  /** The sentence on the coloured panel; the realm's own when absent. */
  promise?: string
  promiseDetail?: string
}

/** Sign-in and its like: the form at the left, the brand at the right (picture 08). */
export function BrandLayout(props: BrandLayoutProps) {
  const t = useT()
  const realm = useRealm()
  const base = realm.kind === 'operator'
  return (
    <div className="brand-layout">
      <main className="brand-form">
        <div className="brand-form-content">
          <div className="brand-name">
            {realm.brandColor ? <Tile name={realm.name} id={realm.name} brand /> : <Logo size={36} />}
            <b>{realm.name}</b>
          </div>
          <h1>{props.title}</h1>
          {props.lead ? <p className="brand-lead">{props.lead}</p> : null}
          {props.children}
        </div>
        <LanguagePicker />
      </main>
      <aside className="brand-panel" aria-label={realm.name}>
        <BrandCurves />
        <div className="brand-promise">
          <p>{props.promise ?? t(base ? 'shell.promise.base' : 'shell.promise.agency')}</p>
          <p>
            {props.promiseDetail ??
              (base
                ? t('shell.promise.baseDetail')
                : t('shell.promise.agencyDetail', { name: realm.agency ?? realm.name }))}
          </p>
        </div>
      </aside>
    </div>
  )
}

function BrandCurves() {
  return (
    <svg viewBox="0 0 600 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      {Array.from({ length: 9 }, (_, i) => (
        <path
          key={i}
          d={`M-60 ${1000 - i * 62} C 120 ${780 - i * 84}, 380 ${1010 - i * 96}, 680 ${720 - i * 80}`}
          fill="none"
          stroke="var(--brand-ink)"
          strokeOpacity={0.05 + i * 0.022}
          strokeWidth={2 + i * 1.2}
        />
      ))}
    </svg>
  )
}
