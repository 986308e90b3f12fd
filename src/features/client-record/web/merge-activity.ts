import type { AnswerOf } from '../../../contract/endpoint.ts'
import type { listClientNotes } from '../../client-notes/contract.ts'
import type { listClientHistory } from '../contract.ts'

/** A note of a client as the API answers it. */
export type Note = AnswerOf<typeof listClientNotes>['data'][number]
/** Something recorded about a client. */
export type HistoryEvent = AnswerOf<typeof listClientHistory>['data'][number]

/** One line of the client's time. */
export type ActivityItem = { id: string; at: string; note?: Note; event?: HistoryEvent }

type Loaded<Row> = { rows: Row[]; more: boolean }

/**
 * Notes and events in one order, newest first. Of a list that has more to load, nothing older than its last
 * row may be shown yet: what lies between would appear later in the middle. Notes stand for their own events.
 */
export function mergeActivity(notes: Loaded<Note>, history: Loaded<HistoryEvent>): ActivityItem[] {
  const events = history.rows.filter((event) => !event.action.startsWith('note.'))
  const items: ActivityItem[] = [
    ...notes.rows.map((note) => ({ id: note.id, at: note.createdAt, note })),
    ...events.map((event) => ({ id: event.id, at: event.at, event })),
  ]
  const horizons = [
    notes.more ? (notes.rows.at(-1)?.createdAt ?? '') : '',
    history.more ? (history.rows.at(-1)?.at ?? '') : '',
  ]
  const horizon = horizons.toSorted().at(-1) ?? ''
  return items.filter((item) => item.at >= horizon).toSorted((a, b) => (a.at < b.at ? 1 : -1))
}
