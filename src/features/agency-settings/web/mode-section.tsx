import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { WithAgency } from './use-agency.tsx'

const modes = ['simple', 'intermediate', 'full'] as const
const counted = ['owner', 'manager', 'consultant', 'client'] as const

/** Settings, "Mode": the three depths of an agency (C5 to C8), which one is in place, who is in it. */
export function ModeSection() {
  const t = useT()
  const format = useFormat()
  return (
    <WithAgency>
      {(agency) => (
        <div className="settings-form">
          <ul className="mode-list">
            {modes.map((mode) => (
              <li key={mode} className="card mode-card" data-on={mode === agency.mode || undefined}>
                <Levels depth={modes.indexOf(mode) + 1} />
                <div>
                  <h2>
                    {t(`settings.mode.${mode}`)}
                    {mode === agency.mode ? (
                      <StatusBadge tone="ok">{t('settings.mode.active')}</StatusBadge>
                    ) : !agency.hierarchyEnabled && mode !== 'simple' ? (
                      <StatusBadge tone="mute">{t('settings.mode.onRequest')}</StatusBadge>
                    ) : null}
                  </h2>
                  <p className="ink-2">{t(`settings.mode.${mode}Text`)}</p>
                </div>
              </li>
            ))}
          </ul>
          <p>
            {t('settings.mode.people', {
              list: format.list(counted.filter((role) => agency.memberCounts[role] > 0).map((role) => t(`settings.mode.count.${role}`, { n: agency.memberCounts[role] }))),
            })}
          </p>
          {agency.hierarchyEnabled ? null : (
            <Notice tone="info" inline>
              {t('settings.mode.later')}
            </Notice>
          )}
        </div>
      )}
    </WithAgency>
  )
}

/** A small tree as deep as the mode: agency and clients, then managers, then consultants. */
function Levels({ depth }: { depth: number }) {
  return (
    <svg viewBox="0 0 56 56" width="56" height="56" aria-hidden="true" className="mode-levels">
      {Array.from({ length: depth + 1 }, (_, level) => {
        const y = 8 + level * (40 / depth)
        const spread = level * (18 / depth)
        const dots = level === 0 ? [28] : [28 - spread, 28, 28 + spread]
        return dots.map((x) => (
          <g key={`${level} ${x}`}>
            {level > 0 ? <path d={`M28 ${y - 40 / depth} L${x} ${y}`} /> : null}
            <circle cx={x} cy={y} r={level === depth ? 3 : 4.2} data-end={level === depth || undefined} />
          </g>
        ))
      })}
    </svg>
  )
}
