import { useId } from 'react'
import type { ReactNode } from 'react'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'

type ProfileSectionProps = {
  title: string
  /** One or two lines under the title: what it is for. */
  lead?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

/** One subject of the profile: what it is at the left, what is set at the right, buttons at the end. */
export function ProfileSection(props: ProfileSectionProps) {
  const id = useId()
  return (
    <section className="card profile-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        {props.lead ? <p className="ink-2">{props.lead}</p> : null}
      </header>
      <div className="profile-section-body">
        {props.children}
        {props.actions ? <div className="profile-actions">{props.actions}</div> : null}
      </div>
    </section>
  )
}

type Read<T> = { data: T | undefined; error: unknown; refetch: () => unknown }

/** What a read gave, its skeleton meanwhile, or why it failed. */
export function WhenRead<T>({
  read,
  lines = 1,
  children,
}: {
  read: Read<T>
  lines?: number
  children: (data: T) => ReactNode
}) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.error) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  return <Skeletons lines={lines} height={24} />
}
