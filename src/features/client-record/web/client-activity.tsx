import { Fragment, useMemo } from 'react'
import { Button } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useLanguage } from '../../../web/i18n/language.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { NoteComposer } from '../../../web/kit/note-composer.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { TimelineDay } from '../../../web/kit/timeline.tsx'
import { refresh } from '../../../web/queries.ts'
import { useList } from '../../../web/use-list.ts'
import { createClientNote, listClientNotes } from '../../client-notes/contract.ts'
import { ClientNote } from '../../client-notes/web/client-note.tsx'
import { getClient, listClientHistory } from '../contract.ts'
import { ClientEvent } from './client-event.tsx'
import { periodOf } from './period.ts'
import { mergeActivity } from './merge-activity.ts'
import type { Client } from './use-client.ts'

/** Notes and what happened, in one line of time, newest first; a note can be written on top. */
export function ClientActivity({ client }: { client: Client }) {
  const t = useT()
  const params = { id: client.id }
  const notes = useList(listClientNotes, { params })
  const history = useList(listClientHistory, { params })
  const items = useMemo(
    () =>
      mergeActivity(
        { rows: notes.rows, more: notes.hasNextPage },
        { rows: history.rows, more: history.hasNextPage },
      ),
    [notes.rows, notes.hasNextPage, history.rows, history.hasNextPage],
  )
  const add = async (body: string) => {
    try {
      await call(createClientNote, { params, body: { body } })
      void refresh(listClientNotes, getClient)
    } catch (error) {
      notifyError(error)
      throw error
    }
  }
  const more = () => {
    if (notes.hasNextPage) void notes.fetchNextPage()
    if (history.hasNextPage) void history.fetchNextPage()
  }
  const error = notes.error ?? history.error
  return (
    <>
      <SectionHead title={t('client_record.activity')} />
      {client.can.writeNotes ? (
        <NoteComposer draft={`note:${client.id}`} maxLength={5000} onAdd={add} />
      ) : null}
      {error ? (
        <ErrorState error={error} retry={() => void Promise.all([notes.refetch(), history.refetch()])} />
      ) : null}
      {notes.isPending || history.isPending ? (
        <Skeletons lines={5} height={44} />
      ) : (
        <Items client={client} items={items} />
      )}
      {notes.hasNextPage || history.hasNextPage ? (
        <Button
          variant="default"
          mt={12}
          loading={notes.isFetchingNextPage || history.isFetchingNextPage}
          onClick={more}
        >
          {t('kit.more')}
        </Button>
      ) : null}
    </>
  )
}

function Items({ client, items }: { client: Client; items: ReturnType<typeof mergeActivity> }) {
  const language = useLanguage()
  const t = useT()
  let last = ''
  return items.map((item) => {
    const period = periodOf(item.at, new Date(), language, t)
    const title = period === last ? null : <TimelineDay>{period}</TimelineDay>
    last = period
    return (
      <Fragment key={item.id}>
        {title}
        {item.note ? (
          <ClientNote client={client} note={item.note} />
        ) : item.event ? (
          <ClientEvent event={item.event} />
        ) : null}
      </Fragment>
    )
  })
}
