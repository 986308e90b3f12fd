import { useEffect, useId, useState } from 'react'

/**
 * A figure in a table, kept when it is left or Enter is pressed; Escape takes it back. `read` gives undefined
 * for what is no such figure. A refusal stays under the cell with what was typed.
 */
export function CellInput<T>(props: {
  label: string
  value: T
  write: (value: T) => string
  read: (text: string) => T | undefined
  onKeep: (value: T) => void
  problem?: string | undefined
  suffix?: string
}) {
  const shown = props.write(props.value)
  const [text, setText] = useState(shown)
  const [wrong, setWrong] = useState(false)
  const problemId = useId()
  useEffect(() => {
    setText(shown)
    setWrong(false)
  }, [shown])
  const keep = () => {
    if (text === shown) return setWrong(false)
    const value = props.read(text)
    if (value === undefined) return setWrong(true)
    setWrong(false)
    if (props.write(value) === shown) setText(shown)
    else props.onKeep(value)
  }
  return (
    <span className="cell-input" data-wrong={wrong || props.problem !== undefined || undefined}>
      <input
        aria-label={props.label}
        aria-invalid={wrong || props.problem !== undefined || undefined}
        aria-describedby={props.problem ? problemId : undefined}
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep()
          if (event.key === 'Escape') {
            setText(shown)
            setWrong(false)
          }
        }}
      />
      {props.suffix ? <i aria-hidden="true">{props.suffix}</i> : null}
      {props.problem ? (
        <small id={problemId} role="alert">
          {props.problem}
        </small>
      ) : null}
    </span>
  )
}

/** A whole number from 0 on; blanks of thousands are forgiven. */
export function readCount(text: string): number | undefined {
  const bare = text.replaceAll(/[\s\u00a0\u202f]/g, '')
  return /^\d{1,8}$/.test(bare) ? Number(bare) : undefined
}

/** The same, or nothing at all: as many as one likes. */
export function readCountOrNone(text: string): number | null | undefined {
  return /^[\s∞]*$/.test(text) ? null : readCount(text)
}
