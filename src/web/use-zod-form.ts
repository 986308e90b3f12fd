import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useForm } from '@mantine/form'
import type { FormErrors, UseFormReturnType } from '@mantine/form'
import type { z } from 'zod'
import { isTextKey, translate } from './i18n/use-t.ts'
import { notifyError } from './kit/notices.tsx'
import { ProblemError } from './problem-error.ts'

type Values = Record<string, unknown>

type ZodFormOptions<V extends Values> = {
  initialValues: V
  /** The contract's own body schema: page and server refuse the same things. */
  schema: z.ZodType
  /** Further checks of the page, as field → sentence. */
  check?: (values: V) => Record<string, string>
}

/** A Mantine form that knows how to be submitted and to show the server's refusals. */
export type ZodForm<V extends Values> = UseFormReturnType<V> & {
  /** `<form ref={form.ref} onSubmit={form.submit(send)} noValidate>` */
  ref: (element: HTMLFormElement | null) => void
  /** Checks, then sends; a refusal's fields show under them, anything else as a notice. Nothing is lost. */
  submit: (send: (values: V) => Promise<unknown>) => (event?: FormEvent) => void
  /** Shows a refusal in the form; for forms that send by themselves. */
  showRefusal: (error: unknown) => void
}

/**
 * A form checked by the endpoint's schema when a field is left and when it is sent; the first error gets
 * the focus (interface.md, "Forms").
 */
export function useZodForm<V extends Values>(options: ZodFormOptions<V>): ZodForm<V> {
  const [element, setElement] = useState<HTMLFormElement | null>(null)
  // What the server refused, until its value changes: leaving the field must not make the sentence go away,
  // and everything below move under the pointer.
  const refused = useRef(new Map<string, { value: unknown; message: string }>())
  const validate = (values: V): FormErrors => {
    const result = options.schema.safeParse(values)
    const errors: FormErrors = { ...options.check?.(values) }
    for (const issue of result.error?.issues ?? []) {
      const path = issue.path.join('.')
      errors[path] ??= sentenceOf(issue)
    }
    for (const [path, { value, message }] of refused.current) {
      if (valueAt(values, path) === value) errors[path] ??= message
    }
    return errors
  }
  const form = useForm<V>({
    mode: 'controlled',
    initialValues: options.initialValues,
    validateInputOnBlur: true,
    clearInputErrorOnChange: true,
    validate,
  })
  const focusFirst = () => {
    requestAnimationFrame(() => {
      element?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"] input')?.focus()
    })
  }
  const showRefusal = (error: unknown) => {
    if (error instanceof ProblemError && Object.keys(error.fields).length > 0) {
      const fields = Object.entries(error.fields)
      refused.current = new Map(
        fields.map(([path, f]) => [path, { value: valueAt(form.getValues(), path), message: f.message }]),
      )
      form.setErrors(Object.fromEntries(fields.map(([path, f]) => [path, f.message])))
      focusFirst()
    } else notifyError(error)
  }
  const submit = (send: (values: V) => Promise<unknown>) => (event?: FormEvent) => {
    event?.preventDefault()
    event?.stopPropagation()
    if (form.submitting) return
    // Sending again asks again.
    refused.current.clear()
    if (form.validate().hasErrors) {
      focusFirst()
      return
    }
    form.setSubmitting(true)
    send(form.values)
      .catch(showRefusal)
      .finally(() => form.setSubmitting(false))
  }
  return Object.assign(form, { ref: setElement, submit, showRefusal })
}

/** The value at a path such as `billing.siren`. */
function valueAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], values)
}

/** The sentence of a schema's issue: our own keys, else one for what zod says itself. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (isTextKey(issue.message)) return translate(issue.message)
  if (issue.code === 'invalid_type' && issue.input === undefined) return translate('field.required')
  if (issue.code === 'too_big') return translate('field.too_big', { max: Number(issue.maximum) })
  if (issue.code === 'too_small') return translate('field.too_small', { min: Number(issue.minimum) })
  if (issue.code === 'invalid_value') return translate('field.choice')
  return translate('field.invalid')
}
