/** One of a few ways to look at a list, shown side by side. */
export function AccessChoices<V extends string>(props: {
  /** Accessible name of the group. */
  label: string
  value: V
  options: { value: V; label: string; count?: string }[]
  onChange: (value: V) => void
}) {
  return (
    <div className="access-choices" role="group" aria-label={props.label}>
      {props.options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.value}
          onClick={() => props.onChange(option.value)}
        >
          {option.label}
          {option.count === undefined ? null : <em className="figures">{option.count}</em>}
        </button>
      ))}
    </div>
  )
}
