import type { ReactNode } from 'react'
import type { Right } from '../../contract/rights.ts'
import { useMe } from '../me.ts'
import { NotFoundPage } from './not-found-page.tsx'

/** Shows its children to holders of a right; for the others the page does not exist. */
export function Forbidding(props: { right: Right | undefined; children: ReactNode }) {
  const me = useMe()
  if (props.right && !me?.rights.includes(props.right)) return <NotFoundPage />
  return props.children
}
