import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button, Textarea } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useDraft } from '../../../web/use-draft.ts'
import type { getSupportRequest } from '../contract.ts'
import { RequestState } from './request-list.tsx'

export type Talk = AnswerOf<typeof getSupportRequest>

/** A conversation: who wrote what, the decision, and the answer being written. */
export function TalkPanel(props: {
  talk: Talk
  /** Which side reads it. */
  side: 'agency' | 'operator'
  /** Under the title. */
  meta: ReactNode
  actions?: ReactNode
  onReply: (body: string) => Promise<unknown>
}) {
  const { talk, side } = props
  const t = useT()
  const format = useFormat()
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [talk.messages.length])
  return (
    <section className="support-talk" aria-label={t('support_requests.conversation')}>
      <header className="support-head">
        <div>
          <h2>
            {talk.title} <RequestState state={talk.state} />
          </h2>
          <p className="meta">{props.meta}</p>
        </div>
        {props.actions}
      </header>
      <div
        className="support-messages"
        role="log"
        aria-label={t('support_requests.conversation')}
        // Scrolls by itself, so that the keyboard must be able to enter it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
        tabIndex={0}
      >
        {talk.messages.map((m) => (
          <article key={m.id} className="support-message" data-mine={m.side === side || undefined}>
            <header>
              <b>
                {m.via ? t('support_requests.via', { author: m.author, via: m.via }) : m.author}
                {m.side === 'operator' && side === 'agency' ? ` · ${t('support_requests.theOperator')}` : ''}
              </b>
              <time dateTime={m.createdAt}>{format.exact(m.createdAt)}</time>
            </header>
            <p>{m.body}</p>
          </article>
        ))}
        {talk.decided ? (
          <p className="support-decided">
            {t('support_requests.decidedBy', {
              state: talk.state,
              name: talk.decided.by,
              date: format.exact(talk.decided.at),
            })}
          </p>
        ) : null}
        <div ref={end} />
      </div>
      <Reply key={talk.id} talk={talk} side={side} onReply={props.onReply} />
    </section>
  )
}

function Reply({
  talk,
  side,
  onReply,
}: {
  talk: Talk
  side: 'agency' | 'operator'
  onReply: (body: string) => Promise<unknown>
}) {
  const t = useT()
  const [text, setText, forget] = useDraft(`support:${talk.id}`, '')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    try {
      await onReply(text.trim())
      forget()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="support-reply"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Textarea
        label={t('support_requests.reply')}
        description={talk.state === 'closed' && side === 'agency' ? t('support_requests.reopen') : undefined}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={5000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      />
      <div className="support-reply-foot">
        <Button type="submit" loading={busy} disabled={text.trim() === ''}>
          {t('support_requests.sendReply')}
        </Button>
      </div>
    </form>
  )
}
