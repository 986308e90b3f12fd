import type { ReactNode } from 'react'
import { useCountText } from './count.ts'
import './view-tabs.css'

/** One tab: a saved view of a list or a part of a record. */
export type ViewTab = {
  id: string
  label: string
  count?: number | undefined
  /** The count is work to do: shown on amber while it is not zero. */
  warn?: boolean
  icon?: ReactNode
}

type ViewTabsProps = {
  /** Accessible name of the row: "Vues enregistrées". */
  label: string
  tabs: ViewTab[]
  current: string
  onChange: (id: string) => void
  /** After the last tab: "Enregistrer la vue", a menu. */
  end?: ReactNode
}

/** Saved views and tabs of a record; arrow keys move, Home and End jump. */
export function ViewTabs(props: ViewTabsProps) {
  const countText = useCountText()
  const { tabs, current, onChange } = props
  const known = tabs.some((tab) => tab.id === current)
  const move = (from: number, to: number, list: HTMLElement) => {
    const next = tabs[(to + tabs.length) % tabs.length]
    if (!next || from === to) return
    onChange(next.id)
    list.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus()
  }
  return (
    <div className="view-tabs">
      <div role="tablist" aria-label={props.label} className="view-tabs-list">
        {tabs.map((tab, i) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            className="view-tab"
            data-tab={tab.id}
            aria-selected={tab.id === current}
            tabIndex={tab.id === current || (!known && i === 0) ? 0 : -1}
            onClick={() => onChange(tab.id)}
            onKeyDown={(event) => {
              const steps: Record<string, number> = {
                ArrowRight: i + 1,
                ArrowLeft: i - 1,
                Home: 0,
                End: tabs.length - 1,
              }
              const to = steps[event.key]
              if (to === undefined || !event.currentTarget.parentElement) return
              event.preventDefault()
              move(i, to, event.currentTarget.parentElement)
            }}
          >
            {tab.icon}
            {tab.label}
            {tab.count === undefined ? null : (
              <em className="figures" data-warn={(tab.warn && tab.count > 0) || undefined}>
                {countText(tab.count)}
              </em>
            )}
          </button>
        ))}
      </div>
      {props.end}
    </div>
  )
}
