import { useEffect, useRef, useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import type { z } from 'zod'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { locales, type Locale } from '../../../contract/common.ts'
import type { Role } from '../../../contract/rights.ts'
import { call } from '../../../web/call.ts'
import { languageNames } from '../../../web/i18n/catalogue.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import '../../../web/kit/dialogs.css'
import { notify } from '../../../web/kit/notices.tsx'
import { OptionCards } from '../../../web/kit/option-card.tsx'
import { useMe } from '../../../web/me.ts'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { useDraft } from '../../../web/use-draft.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { getMember, listMembers, type getMemberOptions } from '../../sub-accounts/contract.ts'
import { inviteSubAccount, previewInvitation } from '../contract.ts'
import type { ChosenClient } from '../../client-record/web/client-combobox.tsx'
import { ClientsField } from './clients-field.tsx'
import { PlaceField, type Place } from './place-field.tsx'
import { sendAgain } from './send-again.ts'
import { UnassignedChoice } from './unassigned-choice.tsx'
import './invitations.css'

type Options = AnswerOf<typeof getMemberOptions>
type Draft = {
  name: string
  email: string
  jobTitle: string
  role: Role
  parent: Place
  clients: ChosenClient[]
  seesUnassigned: boolean
  locale: Locale
}

/** The form of a new sub-account: who, which role and place, which clients, and what else they would see. */
export function NewSubAccountForm({
  options,
  onClose,
  onBusy,
  parentId,
}: {
  options: Options
  onClose: () => void
  onBusy: (busy: boolean) => void
  parentId?: string
}) {
  const t = useT()
  const me = useMe()
  const agencyLocale = useRealm().locale
  const you = options.roles[0]?.parentRequired && me?.member ? { id: me.member.id, name: me.user.name } : null
  const common: Role = options.roles.some((o) => o.role === 'consultant')
    ? 'consultant'
    : (options.roles.at(-1)?.role ?? 'client')
  const [draft, keep, forget] = useDraft<Draft>('new-sub-account', {
    name: '',
    email: '',
    jobTitle: '',
    role: common,
    parent: you,
    clients: [],
    seesUnassigned: options.canGrantUnassigned,
    locale: agencyLocale,
  })
  const form = useZodForm({
    initialValues: { ...draft, role: options.roles.some((o) => o.role === draft.role) ? draft.role : common },
    schema: personFields,
  })
  const { values } = form
  const place = options.roles.find((o) => o.role === values.role)
  const hasPlace = (place?.parentRoles.length ?? 0) > 0
  const parent = hasPlace ? values.parent : null
  useEffect(() => keep(values), [values, keep])
  useParent(parentId, (p) => form.setFieldValue('parent', p))
  const { data: seen } = useEndpoint(
    previewInvitation,
    { body: { role: values.role, parentId: parent?.id ?? null } },
    { enabled: values.role !== 'owner' && me?.agency?.kind === 'agency', retry: false },
  )
  const [pending, setPending] = useState<string>()
  const key = useRef(crypto.randomUUID())

  const send = form.submit(async ({ name, email, jobTitle, role, clients, seesUnassigned, locale }) => {
    onBusy(true)
    setPending(undefined)
    try {
      await call(
        inviteSubAccount,
        {
          body: {
            name,
            email,
            jobTitle,
            role,
            parentId: parent?.id ?? null,
            clientIds: role === 'owner' ? [] : clients.map((c) => c.id),
            seesUnassigned,
            locale,
          },
        },
        { idempotencyKey: key.current },
      )
      forget()
      notify(t('invitations.done.sent', { email }))
      void refresh(listMembers)
      refreshNavCount(paths.subAccounts)
      onClose()
    } catch (error) {
      key.current = crypto.randomUUID()
      if (isProblem(error, 'sub_account.already_invited') && typeof error.data['memberId'] === 'string')
        setPending(error.data['memberId'])
      throw error
    } finally {
      onBusy(false)
    }
  })
  const { error: emailError, ...email } = form.getInputProps('email') as { error?: React.ReactNode }
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="new-sub-account">
      <TextInput
        label={t('invitations.name')}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('invitations.email')}
        description={t('invitations.emailHelp')}
        type="email"
        inputMode="email"
        autoComplete="off"
        error={emailError}
        {...email}
      />
      {pending ? <SendAgainInstead memberId={pending} email={values.email} onSent={onClose} /> : null}
      <OptionCards
        legend={t('sub_accounts.role')}
        name="role"
        columns={2}
        value={values.role}
        onChange={(role) => form.setFieldValue('role', role)}
        options={options.roles.map((o) => ({
          value: o.role,
          title: t(`role.${o.role}`),
          detail: t(`sub_accounts.role.${o.role}`),
        }))}
        error={form.errors['role']}
      />
      {hasPlace && place ? (
        <PlaceField
          parentRoles={place.parentRoles}
          required={place.parentRequired}
          value={parent}
          onChange={(p) => form.setFieldValue('parent', p)}
          error={form.errors['parentId']}
        />
      ) : null}
      <div className="two-fields">
        <TextInput
          label={`${t('sub_accounts.jobTitle')} (${t('kit.optional')})`}
          autoComplete="off"
          {...form.getInputProps('jobTitle')}
        />
        <Select
          label={t('invitations.locale')}
          data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
          allowDeselect={false}
          {...form.getInputProps('locale')}
        />
      </div>
      {values.role === 'owner' || me?.agency?.kind !== 'agency' ? null : (
        <>
          <ClientsField
            value={values.clients}
            onChange={(clients) => form.setFieldValue('clients', clients)}
            error={form.errors['clientIds']}
          />
          <UnassignedChoice
            role={values.role}
            seen={seen}
            value={values.seesUnassigned}
            onChange={(on) => form.setFieldValue('seesUnassigned', on)}
            error={form.errors['seesUnassigned']}
            reason={options.canGrantUnassigned ? undefined : t('member.unassigned_not_yours')}
          />
        </>
      )}
      <div className="dialog-buttons">
        <span className="meta">{t('invitations.willSend')}</span>
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={form.submitting}>
          {t('invitations.create')}
        </Button>
      </div>
    </form>
  )
}

/** What the form itself checks; the rest is chosen, not typed. */
const personFields = inviteSubAccount
  .body!.pick({ name: true, email: true, jobTitle: true })
  .loose() as unknown as z.ZodType<unknown, Draft>

/** The parent named in the address, e.g. "Inviter dans l'équipe" of a manager's page. */
function useParent(id: string | undefined, set: (place: Place) => void): void {
  const { data } = useEndpoint(getMember, { params: { id: id ?? '' } }, { enabled: id !== undefined })
  const done = useRef(false)
  useEffect(() => {
    if (!data || done.current) return
    done.current = true
    set({ id: data.id, name: data.name })
  }, [data, set])
}

function SendAgainInstead({
  memberId,
  email,
  onSent,
}: {
  memberId: string
  email: string
  onSent: () => void
}) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    await sendAgain({ id: memberId, email })
    setBusy(false)
    onSent()
  }
  return (
    <Button className="send-again" size="sm" variant="light" loading={busy} onClick={() => void send()}>
      {t('invitations.resend')}
    </Button>
  )
}
