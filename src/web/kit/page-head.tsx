import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../i18n/use-t.ts'
import { useCountText } from './count.ts'
import './page-head.css'

type PageHeadProps = {
  title: ReactNode
  /** How many things the page lists; shown beside the title. */
  count?: number | undefined
  /** Buttons at the right; the main one last. */
  actions?: ReactNode
  /** One line under the title. */
  subtitle?: ReactNode
  /** A hairline under the head, when nothing follows that has one. */
  line?: boolean
}

/** Title of a page, its count and its actions. */
export function PageHead(props: PageHeadProps) {
  const countText = useCountText()
  return (
    <header className="page-head" data-line={props.line || undefined}>
      <div className="page-head-title">
        <h1>
          {props.title}
          {props.count === undefined ? null : (
            <span className="page-head-count figures">{countText(props.count, 'long')}</span>
          )}
        </h1>
        {props.subtitle ? <p className="ink-2">{props.subtitle}</p> : null}
      </div>
      <div className="page-head-actions">{props.actions}</div>
    </header>
  )
}

/** One step of a breadcrumb; the last one is the page itself and has no address. */
export type Crumb = { label: string; to?: string }

/** Where the page is; on a phone only a way back to the step above. */
export function Breadcrumb(props: { crumbs: Crumb[] }) {
  const t = useT()
  const parent = props.crumbs.findLast((crumb) => crumb.to)
  return (
    <nav className="breadcrumb" aria-label={t('kit.breadcrumb')}>
      {parent?.to ? (
        <Link to={parent.to} className="breadcrumb-back">
          <IconChevronLeft size={16} aria-hidden="true" />
          {parent.label}
        </Link>
      ) : null}
      <span className="breadcrumb-trail">
        {props.crumbs.map((crumb, i) => (
          <Fragment key={crumb.label}>
            {i > 0 ? <IconChevronRight size={14} aria-hidden="true" /> : null}
            {crumb.to ? (
              <Link to={crumb.to}>{crumb.label}</Link>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </Fragment>
        ))}
      </span>
    </nav>
  )
}
