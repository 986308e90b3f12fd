const dayMs = 86_400_000

/** Whole days from one calendar day to another. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / dayMs)
}
