import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { IconCheck } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import './wizard-layout.css'

/** One step: its name, and what it decides in a few words. */
export type WizardStep = { id: string; title: string; hint?: string }

type WizardLayoutProps = {
  steps: WizardStep[]
  /** Id of the step shown; kept in the address (`?etape=`). */
  current: string
  /** Ids of the steps one may go back or forward to. */
  visited: string[]
  onStep: (id: string) => void
  /** One sentence under the step's title. */
  lead?: ReactNode
  children: ReactNode
  /** What has been decided so far, at the right. */
  summary?: ReactNode
  summaryLabel?: string
  /** "Annuler" at the start; "Retour" and the main button at the end. */
  footStart: ReactNode
  footEnd: ReactNode
}

/** Steps at the left, one subject at a time, a live summary at the right, a fixed foot (picture 04). */
export function WizardLayout(props: WizardLayoutProps) {
  const t = useT()
  const { steps, current } = props
  const index = Math.max(
    0,
    steps.findIndex((s) => s.id === current),
  )
  const title = useRef<HTMLHeadingElement>(null)
  const first = useRef(true)
  useEffect(() => {
    // Not when the page has just opened: its own title comes first.
    if (!first.current) title.current?.focus()
    first.current = false
  }, [current])
  return (
    <>
      <div className="wizard" data-summary={props.summary ? true : undefined}>
        <nav className="wizard-steps" aria-label={t('kit.wizard.steps')}>
          <ol>
            {steps.map((step, i) => {
              const reachable = props.visited.includes(step.id)
              const now = i === index
              const done = !now && reachable
              return (
                <li
                  key={step.id}
                  data-state={now ? 'now' : done ? 'done' : undefined}
                  aria-current={now ? 'step' : undefined}
                >
                  <button type="button" disabled={!reachable && !now} onClick={() => props.onStep(step.id)}>
                    <span className="wizard-point" aria-hidden="true">
                      {done ? <IconCheck size={14} stroke={2.6} /> : i + 1}
                    </span>
                    <b>{step.title}</b>
                    {step.hint ? <small>{step.hint}</small> : null}
                  </button>
                </li>
              )
            })}
          </ol>
        </nav>
        <div className="wizard-body">
          <div>
            <p className="meta wizard-place">
              {t('kit.wizard.place', { n: index + 1, total: steps.length })}
            </p>
            <h2 ref={title} tabIndex={-1}>
              {steps[index]?.title}
            </h2>
            {props.lead ? <p className="wizard-lead">{props.lead}</p> : null}
            {props.children}
          </div>
        </div>
        {props.summary ? (
          <aside className="wizard-summary" aria-label={props.summaryLabel ?? t('kit.wizard.summary')}>
            {props.summary}
          </aside>
        ) : null}
      </div>
      <footer className="wizard-foot">
        {props.footStart}
        <span className="spacer" />
        {props.footEnd}
      </footer>
    </>
  )
}
