import type { ReactNode } from 'react'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import './explain-panel.css'

/** One reason why somebody sees something, or would not. */
export type ExplainReason = {
  id: string
  icon?: ReactNode
  /** "Assigné directement". */
  title: ReactNode
  /** "par Camille Rousseau, le 12 sept." */
  detail?: ReactNode
}

type ExplainPanelProps = {
  /** "Qui voit ce client ?" */
  title: ReactNode
  /** "Léa voit ce client" or not. */
  verdict: ReactNode
  visible: boolean
  reasons: ExplainReason[]
  children?: ReactNode
}

/** Says why: the verdict first, then every path that leads to it. */
export function ExplainPanel(props: ExplainPanelProps) {
  return (
    <section className="explain">
      <h2>{props.title}</h2>
      <p className="explain-verdict" data-visible={props.visible}>
        {props.visible ? (
          <IconEye size={16} aria-hidden="true" />
        ) : (
          <IconEyeOff size={16} aria-hidden="true" />
        )}
        <span>{props.verdict}</span>
      </p>
      {props.reasons.length > 0 ? (
        <ul>
          {props.reasons.map((reason) => (
            <li key={reason.id}>
              {reason.icon}
              <span>
                <span>{reason.title}</span>
                {reason.detail ? <small>{reason.detail}</small> : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {props.children}
    </section>
  )
}
