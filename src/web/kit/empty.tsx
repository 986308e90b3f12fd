import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import './empty.css'

type EmptyProps = {
  icon: ReactNode
  title: string
  /** What it is for, in a sentence or two. */
  children?: ReactNode
  /** One action, perhaps a sample or an import beside it. */
  action?: ReactNode
  /** Level of the title: `h1` on a page of its own. */
  heading?: 'h1' | 'h2' | 'h3'
}

/** Nothing here yet: what the place is for and how to begin. */
export function Empty(props: EmptyProps) {
  const Heading = props.heading ?? 'h2'
  return (
    <div className="empty">
      <span className="empty-icon">{props.icon}</span>
      <Heading>{props.title}</Heading>
      {props.children ? <div className="empty-text">{props.children}</div> : null}
      {props.action ? <div className="empty-action">{props.action}</div> : null}
    </div>
  )
}

/** Nothing matches the filters: clear them, or create with the typed name. */
export function NoMatch(props: {
  title: string
  onClear: () => void
  create?: ReactNode
  children?: ReactNode
}) {
  const t = useT()
  return (
    <Empty
      icon={<IconSearchOff size={28} stroke={1.5} />}
      title={props.title}
      action={
        <>
          <Button variant="default" onClick={props.onClear}>
            {t('kit.noMatch.clear')}
          </Button>
          {props.create}
        </>
      }
    >
      {props.children ?? t('kit.noMatch.hint')}
    </Empty>
  )
}
