import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ModeChoice, ModeUnderWay, useModeUnderWay } from '../../agency-mode/web/mode-choice.tsx'
import { AskForModes } from '../../support-requests/web/ask-for-modes.tsx'
import { WithAgency } from './use-agency.tsx'

const modes = ['simple', 'intermediate', 'full'] as const
const counted = ['owner', 'manager', 'consultant', 'client'] as const

/** Settings, "Mode": the three depths of an agency (C5 to C8), which one is in place, who is in it. */
export function ModeSection() {
  const t = useT()
  const format = useFormat()
  const underWay = useModeUnderWay()
  return (
    <WithAgency>
      {(agency) => (
        <div className="settings-form">
          {underWay ? <ModeUnderWay jobId={underWay} key={underWay} /> : null}
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
                  {mode !== agency.mode && (agency.hierarchyEnabled || mode === 'simple') ? (
                    <ModeChoice
                      mode={mode}
                      title={t(`settings.mode.${mode}`)}
                      disabled={underWay !== undefined}
                    />
                  ) : null}
                </div>
              </li>
            ))}
          </ul>
          <p>
            {t('settings.mode.people', {
              list: format.list(
                counted
                  .filter((role) => agency.memberCounts[role] > 0)
                  .map((role) => t(`settings.mode.count.${role}`, { n: agency.memberCounts[role] })),
              ),
            })}
          </p>
          {agency.hierarchyEnabled ? null : <AskForModes />}
        </div>
      )}
    </WithAgency>
  )
}

/** A small tree as deep as the mode: agency and clients, then managers, then consultants. */
function Levels({ depth }: { depth: number }) {
  const step = 48 / depth
  const rows = Array.from({ length: depth + 1 }, (_, level) => {
    const spread = level === 0 ? 0 : 12 + (level * 14) / depth
    return (level === 0 ? [32] : [32 - spread, 32, 32 + spread]).map((x) => ({ x, y: 8 + level * step }))
  })
  return (
    <svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true" className="mode-levels">
      {rows.slice(1).map((row, above) =>
        row.map(({ x, y }, i) => {
          const from = rows[above]?.[above === 0 ? 0 : i] ?? { x: 32, y: 8 }
          return <path key={`${x} ${y}`} d={`M${from.x} ${from.y} L${x} ${y}`} />
        }),
      )}
      {rows.map((row, level) =>
        row.map(({ x, y }) => (
          <circle
            key={`${x} ${y}`}
            cx={x}
            cy={y}
            r={level === depth ? 3 : 4.5}
            data-end={level === depth || undefined}
          />
        )),
      )}
    </svg>
  )
}
