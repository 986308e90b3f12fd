import { useId, useRef, useState } from 'react'
import { ActionIcon, Button, Checkbox, Textarea } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { activeLanguage } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { useDraft } from '../../../web/use-draft.ts'
import { maxOrderFileBytes } from '../contract.ts'

/** A file the server has kept, waiting for its message. */
export type KeptFile = { id: string; name: string; size: number }

/** Sends a file to an order's address; the server says what it is. Throws the refusal. */
export async function sendOrderFile(url: string, file: File): Promise<KeptFile> {
  const form = new FormData()
  form.append('file', file)
  const response = await fetch(url, {
    method: 'POST',
    body: form,
    credentials: 'same-origin',
    headers: { Accept: 'application/json', 'Accept-Language': activeLanguage() },
  })
  const answer = (await response.json()) as never
  if (!response.ok) throw new ProblemError(answer)
  return answer as KeptFile
}

type MessageComposerProps = {
  /** Name of the draft: what was typed survives a reload. */
  draft: string
  /** Label of the box "the client sees it"; none offers no choice. */
  choice?: string | undefined
  hint: string
  uploadTo: string
  onSend: (message: { body: string; forClient: boolean; fileIds: string[] }) => Promise<unknown>
}

/** Writes a message about an order, with files; nothing is lost when sending fails. */
export function MessageComposer(props: MessageComposerProps) {
  const t = useT()
  const format = useFormat()
  const id = useId()
  const [text, setText, forget] = useDraft(`message:${props.draft}`, '')
  const [forClient, setForClient] = useState(false)
  const [files, setFiles] = useState<KeptFile[]>([])
  const [busy, setBusy] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const add = async (chosen: FileList | null) => {
    for (const file of [...(chosen ?? [])].slice(0, 10)) {
      setBusy(true)
      try {
        const kept = await sendOrderFile(props.uploadTo, file)
        setFiles((old) => [...old, kept])
      } catch (error) {
        notifyError(error)
      } finally {
        setBusy(false)
      }
    }
  }
  const send = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    try {
      await props.onSend({ body: text.trim(), forClient, fileIds: files.map((f) => f.id) })
      forget()
      setFiles([])
      notify(t('order_talk.sent'))
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="order-composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Textarea
        id={id}
        aria-label={t('order_talk.message')}
        placeholder={props.hint}
        autosize
        minRows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      />
      {files.length > 0 ? (
        <div className="order-files">
          {files.map((f) => (
            <span key={f.id} className="order-file">
              {f.name} <span className="meta">{format.bytes(f.size)}</span>
              <ActionIcon
                size={20}
                variant="subtle"
                color="gray"
                aria-label={t('order_talk.removeFile', { name: f.name })}
                onClick={() => setFiles((old) => old.filter((o) => o.id !== f.id))}
              >
                <IconX size={13} />
              </ActionIcon>
            </span>
          ))}
        </div>
      ) : null}
      <div className="order-composer-foot">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('order_talk.attach')}
          onChange={(event) => {
            void add(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconPaperclip size={15} />}
          onClick={() => picker.current?.click()}
        >
          {t('order_talk.attachUpTo', { max: format.bytes(maxOrderFileBytes) })}
        </Button>
        {props.choice ? (
          <Checkbox
            label={props.choice}
            checked={forClient}
            onChange={(event) => setForClient(event.currentTarget.checked)}
          />
        ) : null}
        <span className="spacer" />
        <Button type="submit" size="sm" loading={busy} disabled={text.trim() === ''}>
          {t('order_talk.send')}
        </Button>
      </div>
    </form>
  )
}
