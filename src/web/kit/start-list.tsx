import { Button } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../i18n/use-t.ts'
import { Meter } from './meter.tsx'
import './start-list.css'

/** One thing to do in the first days; a fact ticks it, not a click. */
export type StartStep = {
  id: string
  title: string
  detail: string
  to: string
  action: string
  done: boolean
}

/** The first days' list: what is done, what comes next. */
export function StartList(props: { title: string; steps: StartStep[]; onDismiss: () => void }) {
  const t = useT()
  const { steps } = props
  const done = steps.filter((s) => s.done).length
  const next = steps.find((s) => !s.done)
  return (
    <section className="card start-list" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <span className="meta figures">{t('kit.start.progress', { done, total: steps.length })}</span>
        <span className="spacer" />
        <Button
          size="sm"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} aria-hidden="true" />}
          onClick={props.onDismiss}
        >
          {t('kit.start.dismiss')}
        </Button>
      </header>
      <Meter share={done / steps.length} label={t('kit.start.progress', { done, total: steps.length })} />
      <ol>
        {steps.map((step) => (
          <li key={step.id} data-done={step.done || undefined}>
            <span className="start-mark" aria-hidden="true">
              {step.done ? <IconCheck size={13} stroke={2.6} /> : null}
            </span>
            <div>
              <b>{step.title}</b>
              {step.done ? (
                <span className="visually-hidden"> {t('kit.start.done')}</span>
              ) : (
                <p>{step.detail}</p>
              )}
            </div>
            {step.done ? null : (
              <Button
                size="sm"
                variant={step === next ? 'filled' : 'default'}
                renderRoot={(root) => <Link to={step.to} {...root} />}
              >
                {step.action}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
