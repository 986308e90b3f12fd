import { useEffect, useRef, useState } from 'react'
import { useT } from '../i18n/use-t.ts'
import { useCountText } from './count.ts'
import type { DataGridProps } from './data-grid-type.ts'
import './box.css'
import './card-list.css'

/** The list on a phone: a card of two lines per row; "Sélectionner" brings the boxes. */
export function CardList<Row>(props: DataGridProps<Row>) {
  const t = useT()
  const countText = useCountText()
  const { rows, rowId, selection, hasMore, loadMore } = props
  const [choosing, setChoosing] = useState(false)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!end.current || !hasMore) return undefined
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore?.(), {
      rootMargin: '600px',
    })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [hasMore, loadMore, rows.length])

  return (
    // Scrolls by itself: the keyboard must be able to enter it, even where no card holds a link.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
    <div {...(props.flows ? {} : { className: 'card-scroll', tabIndex: 0 })}>
      {selection ? (
        <div className="card-bar">
          <span className="meta figures">{countText(props.total ?? rows.length)}</span>
          <button
            type="button"
            aria-pressed={choosing}
            onClick={() => {
              setChoosing(!choosing)
              if (choosing) selection.clear()
            }}
          >
            {choosing ? t('kit.select.done') : t('kit.select.start')}
          </button>
        </div>
      ) : null}
      <ul className="card-list" aria-label={props.label}>
        {rows.map((row) => {
          const id = rowId(row)
          return (
            <li key={id} className="card-row">
              {choosing && selection ? (
                <input
                  type="checkbox"
                  className="box"
                  checked={selection.has(id)}
                  aria-label={t('kit.select.row', { name: props.rowName(row) })}
                  onChange={() => selection.toggle(id)}
                />
              ) : null}
              {/* The card holds a link for the keyboard; the rest of it only makes a larger target. */}
              <div
                role="presentation"
                className="card-content"
                onClick={(event) => {
                  if ((event.target as HTMLElement).closest('a, button')) return
                  if (choosing) selection?.toggle(id)
                  else props.onOpen?.(row)
                }}
              >
                {props.renderCard(row)}
              </div>
            </li>
          )
        })}
      </ul>
      <div ref={end} className={props.flows ? undefined : 'card-end'} />
    </div>
  )
}
