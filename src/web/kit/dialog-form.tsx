import type { FormEvent, ReactNode, Ref } from 'react'
import { Button } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { Notice } from './notice.tsx'
import './dialogs.css'

type DialogFormProps = {
  children: ReactNode
  /** Sends it; the browser's own sending is prevented already. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown
  onClose: () => void
  /** Verb and object: "Attribuer 250,00 €". */
  submit: ReactNode
  /** It is on its way. */
  busy?: boolean
  disabled?: boolean
  /** Why it was refused, when no field says it. */
  error?: ReactNode
  /** Leads where what is missing can be given. */
  wayOut?: ReactNode
  /** The other way out, when it is not "Annuler". */
  other?: ReactNode
  formRef?: Ref<HTMLFormElement>
}

/** The form of a dialog: fields, why it was refused, then the way out and what it does, in this order. */
export function DialogForm(props: DialogFormProps) {
  const t = useT()
  return (
    <form
      className="dialog-body"
      noValidate
      ref={props.formRef}
      onSubmit={(event) => {
        event.preventDefault()
        void props.onSubmit(event)
      }}
    >
      {props.children}
      {props.error ? (
        <Notice tone="danger" inline live action={props.wayOut}>
          {props.error}
        </Notice>
      ) : null}
      <div className="dialog-buttons">
        {props.other ?? (
          <Button variant="default" onClick={props.onClose}>
            {t('kit.cancel')}
          </Button>
        )}
        <Button type="submit" loading={props.busy ?? false} disabled={props.disabled ?? false}>
          {props.submit}
        </Button>
      </div>
    </form>
  )
}
