import type { ReactNode } from 'react'
import './card-list.css'
import './identity.css'

/** The two lines of a row's card: who and its state, then details at both ends. */
export function RowCard(props: {
  icon: ReactNode
  title: ReactNode
  badge?: ReactNode
  start?: ReactNode
  end?: ReactNode
  /** What a touch of the card does, for those who reach it without one; where the title is no link. */
  onOpen?: () => void
}) {
  return (
    <div className="row-card">
      {props.icon}
      <b>
        {props.onOpen ? (
          <button type="button" className="row-card-open" onClick={props.onOpen}>
            {props.title}
          </button>
        ) : (
          props.title
        )}
      </b>
      {props.badge}
      <div className="row-card-second">
        <span className="row-card-start">{props.start}</span>
        <span className="spacer" />
        <span className="figures">{props.end}</span>
      </div>
    </div>
  )
}

/** The identity cell of a row: tile or avatar, name, and a second line that compact rows hide. */
export function IdentityCell(props: {
  icon: ReactNode
  name: ReactNode
  detail?: ReactNode
  after?: ReactNode
}) {
  return (
    <div className="identity">
      {props.icon}
      <div>
        <span className="identity-name">
          <b>{props.name}</b>
          {props.after}
        </span>
        {props.detail ? <small>{props.detail}</small> : null}
      </div>
    </div>
  )
}
