/** The product's mark, in the brand's colours. */
export function Logo(props: { size?: number }) {
  const { size = 28 } = props
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="var(--brand-fill)" />
      <path d="M16 25V15" stroke="var(--brand-ink)" strokeWidth="2.2" strokeLinecap="round" />
      <path
        d="M7 17.5c0-5.2 4-9.5 9-9.5s9 4.3 9 9.5c-2.3 0-3.4-1-4.5-2.2-1.2 1.4-2.6 2.2-4.5 2.2s-3.3-.8-4.5-2.2C10.4 16.5 9.3 17.5 7 17.5z"
        fill="var(--brand-ink)"
      />
    </svg>
  )
}
