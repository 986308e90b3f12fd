import './meter.css'

type MeterProps = {
  /** From 0 to 1; more than 1 is drawn full. */
  share: number
  /** What it says, for screen readers: "83 % du budget dépensé". */
  label: string
  /** The higher the worse: amber from 0.9, red beyond 1. */
  limit?: boolean
}

/** A thin bar: how far, how full. */
export function Meter({ share, label, limit }: MeterProps) {
  const tone = limit ? (share > 1 ? 'danger' : share > 0.9 ? 'warn' : undefined) : undefined
  return (
    <span className="meter" role="img" aria-label={label}>
      <i data-tone={tone} style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
    </span>
  )
}
