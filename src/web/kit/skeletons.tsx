import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Skeleton } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import './skeletons.css'

/** Shows its children only after 200 ms: a quick answer never flashes a skeleton. */
export function AfterAWhile(props: { children: ReactNode }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return late ? props.children : null
}

/** Grey lines in the shape of what comes; announced once as loading. */
export function Skeletons(props: { lines?: number; height?: number }) {
  const t = useT()
  return (
    <AfterAWhile>
      <div className="skeletons" role="status" aria-label={t('kit.loading')}>
        {Array.from({ length: props.lines ?? 6 }, (_, i) => (
          <Skeleton key={i} h={props.height ?? 36} />
        ))}
      </div>
    </AfterAWhile>
  )
}

/** A page's head and lines, while its code is on the way. */
export function PageSkeleton() {
  return (
    <div className="skeleton-page">
      <AfterAWhile>
        <Skeleton h={26} w={200} mb={20} />
      </AfterAWhile>
      <Skeletons lines={10} />
    </div>
  )
}

/** The middle of a list while its first page is on the way: tile, name, two fields. */
export function RowSkeletons(props: { rows?: number }) {
  const t = useT()
  return (
    <AfterAWhile>
      <div role="status" aria-label={t('kit.loading')}>
        {Array.from({ length: props.rows ?? 12 }, (_, i) => (
          <div key={i} className="skeleton-row">
            <Skeleton h={28} w={28} radius={7} />
            <Skeleton h={12} w={`${22 + ((i * 7) % 14)}%`} />
            <Skeleton h={12} w="10%" ms="auto" />
            <Skeleton h={12} w="14%" />
          </div>
        ))}
      </div>
    </AfterAWhile>
  )
}
