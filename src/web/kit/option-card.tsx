import { useId } from 'react'
import type { ReactNode } from 'react'
import './option-card.css'

/** One choice among a few that need explaining. */
export type OptionChoice<V extends string> = {
  value: V
  title: ReactNode
  detail?: ReactNode
  end?: ReactNode
}

/** Radio buttons as cards (picture 04): account type, role, payer. */
export function OptionCards<V extends string>(props: {
  legend: ReactNode
  name: string
  options: OptionChoice<V>[]
  value: V | null
  onChange: (value: V) => void
  /** Side by side when there is room. */
  columns?: 1 | 2 | 3
  error?: ReactNode
}) {
  const errorId = useId()
  return (
    <fieldset
      className="option-cards"
      data-error={props.error ? true : undefined}
      aria-describedby={props.error ? errorId : undefined}
    >
      <legend>{props.legend}</legend>
      <div style={{ '--columns': props.columns ?? 1 } as Record<string, number>}>
        {props.options.map((option) => (
          <label
            key={option.value}
            className="option-card"
            data-on={option.value === props.value || undefined}
          >
            <input
              type="radio"
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>
              <b>{option.title}</b>
              {option.detail ? <small>{option.detail}</small> : null}
            </span>
            {option.end}
          </label>
        ))}
      </div>
      {props.error ? (
        <p id={errorId} className="option-error">
          {props.error}
        </p>
      ) : null}
    </fieldset>
  )
}
