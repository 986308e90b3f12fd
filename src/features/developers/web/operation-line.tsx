import { useEffect, useRef, useState } from 'react'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { fieldsOf, typeOf, type Operation } from './openapi-document.ts'
import { FieldTable } from './field-table.tsx'

type OperationLineProps = {
  operation: Operation
  base: string
  open: boolean
  onOpen: (open: boolean) => void
}

/** One operation: its address and sentence, and all the rest once opened. */
export function OperationLine(props: OperationLineProps) {
  const { operation } = props
  const line = useRef<HTMLDetailsElement>(null)
  const [open, setOpen] = useState(props.open)
  const linked = useRef(props.open)
  useEffect(() => {
    // Somebody followed a link to this very operation.
    if (linked.current) line.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <details
      ref={line}
      className="operation"
      open={open}
      onToggle={(event) => {
        const now = event.currentTarget.open
        if (now === open) return
        setOpen(now)
        props.onOpen(now)
      }}
    >
      <summary>
        <b className="operation-method" data-method={operation.method}>
          {operation.method}
        </b>
        <code>{operation.path}</code>
        <span className="ink-2" lang="en">
          {operation.summary}
        </span>
      </summary>
      {open ? <OperationDetail operation={operation} base={props.base} /> : null}
    </details>
  )
}

function OperationDetail({ operation, base }: { operation: Operation; base: string }) {
  const t = useT()
  const body = Object.entries(operation.requestBody?.content ?? {})[0]
  const done = Object.entries(operation.responses).find(([status]) => status !== 'default')
  const answer = Object.entries(done?.[1].content ?? {})[0]
  const parameters = operation.parameters.map((p) => ({
    path: p.name,
    type: typeOf(p.schema),
    required: p.required,
    note: t(`developers.in.${p.in}`),
  }))
  return (
    <div className="operation-detail">
      <p className="ink-2">
        {t('developers.who')} {useWho(operation['x-right'])}
      </p>
      <pre
        tabIndex={0}
        aria-label={t('developers.request')}
      >{`${operation.method} ${base}${operation.path}`}</pre>
      {parameters.length > 0 ? <FieldTable title={t('developers.parameters')} fields={parameters} /> : null}
      {body ? <Message title={t('developers.body')} type={body[0]} content={body[1]} /> : null}
      {done ? (
        <Message
          title={t('developers.answer', { status: done[0] })}
          type={answer?.[0]}
          content={answer?.[1]}
        />
      ) : null}
      {operation['x-refusals'] ? (
        <>
          <h3>{t('developers.refusals')}</h3>
          <dl>
            {operation['x-refusals'].map((refusal) => (
              <div key={refusal.code}>
                <dt>
                  <code>{refusal.code}</code>
                </dt>
                <dd>{refusal.sentence}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
    </div>
  )
}

function Message(props: {
  title: string
  type: string | undefined
  content: { schema?: object; example?: unknown } | undefined
}) {
  const t = useT()
  const fields = fieldsOf(props.content?.schema ?? {})
  return (
    <>
      <h3>
        {props.title} {props.type ? <code className="ink-3">{props.type}</code> : null}
      </h3>
      {props.content === undefined ? <p className="ink-2">{t('developers.nothing')}</p> : null}
      {fields.length > 0 ? <FieldTable fields={fields} title={props.title} hidden /> : null}
      {props.content?.example === undefined ? null : (
        <pre tabIndex={0} aria-label={t('developers.example')}>
          {JSON.stringify(props.content.example, null, 2)}
        </pre>
      )}
    </>
  )
}

/** Who may call: anybody, whoever is signed in, or the roles that hold a right. */
function useWho(right: string): string {
  const t = useT()
  if (right === 'anyone') return t('developers.who.anyone')
  if (right === 'signedIn') return t('developers.who.signedIn')
  const key = `right.${right}`
  return t('developers.who.right', { right: isTextKey(key) ? t(key) : right })
}
