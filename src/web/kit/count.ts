import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'

/** Lists count exactly up to here; one more means "more than" (interface.md, "Tables"). */
export const countLimit = 10_000

/** Writes how many rows a list has: "240", beyond the limit "plus de 10 000" or, short, "10 000+". */
export function useCountText(): (count: number, length?: 'long' | 'short') => string {
  const format = useFormat()
  const t = useT()
  return (count, length = 'short') => {
    if (count <= countLimit) return format.number(count)
    const n = format.number(countLimit)
    return length === 'long' ? t('kit.count.moreThan', { n }) : `${n}+`
  }
}
