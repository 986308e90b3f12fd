import { useState } from 'react'
import { Button, Modal, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { AnswerOf, CallOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { call } from '../../../web/call.ts'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { useZodForm, type ZodForm } from '../../../web/use-zod-form.ts'
import { changeMention, changeSeller, getSeller, newSeller } from '../contract.ts'
import './invoices.css'

type Settings = AnswerOf<typeof getSeller>
type Mention = Settings['mentions'][number]

/** "Vendeur": the legal identity that invoices are issued under, its bank, and the legal mentions. */
export function SellerPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getSeller)
  if (error) return <ErrorState error={error} page={t('seller.title')} retry={() => void refetch()} />
  if (!data) return null
  return (
    <>
      <PageHead title={t('seller.title')} subtitle={t('seller.lead')} line />
      <div className="scrolls seller-page">
        {data.example ? (
          <Notice tone={data.sells ? 'info' : 'warn'} inline>
            {t(data.sells ? 'seller.example' : 'seller.exampleLive')}
          </Notice>
        ) : null}
        <Identity settings={data} onSaved={() => void refetch()} />
        <Mentions settings={data} onSaved={() => void refetch()} />
        <Versions settings={data} />
      </div>
    </>
  )
}

type Fields = {
  validFrom: string
  name: string
  legalForm: string
  capital: number | ''
  registerCity: string
  siren: string
  siret: string
  vatNumber: string
  vatScheme: 'normal' | 'franchise'
  vatOnDebits: boolean
  addressLine1: string
  addressLine2: string
  postalCode: string
  city: string
  country: string
  contactName: string
  phone: string
  email: string
  website: string
  bankName: string
  iban: string
  bic: string
  timeZone: string
}

function bodyOf({ capital, ...rest }: Fields): CallOf<typeof changeSeller>['body'] {
  return {
    ...rest,
    shareCapital: capital === '' ? null : { amount: Math.round(capital * 100), currency: 'EUR' },
  }
}

function Identity({ settings, onSaved }: { settings: Settings; onSaved: () => void }) {
  const t = useT()
  const { today, current: c } = settings
  const form = useZodForm<Fields>({
    initialValues: {
      validFrom: today,
      name: c?.name ?? '',
      legalForm: c?.legalForm ?? '',
      capital: c?.shareCapital ? c.shareCapital.amount / 100 : '',
      registerCity: c?.registerCity ?? '',
      siren: c?.siren ?? '',
      siret: c?.siret ?? '',
      vatNumber: c?.vatNumber ?? '',
      vatScheme: c?.vatScheme ?? 'normal',
      vatOnDebits: c?.vatOnDebits ?? false,
      addressLine1: c?.addressLine1 ?? '',
      addressLine2: c?.addressLine2 ?? '',
      postalCode: c?.postalCode ?? '',
      city: c?.city ?? '',
      country: c?.country ?? 'FR',
      contactName: c?.contactName ?? '',
      phone: c?.phone ?? '',
      email: c?.email ?? '',
      website: c?.website ?? '',
      bankName: c?.bankName ?? '',
      iban: c?.iban ?? '',
      bic: c?.bic ?? '',
      timeZone: c?.timeZone ?? 'Europe/Paris',
    },
    schema: newSeller.partial({ shareCapital: true }).loose(),
  })
  const send = async (values: Fields) => {
    await call(changeSeller, { body: bodyOf(values) })
    notify(t('seller.saved'))
    onSaved()
  }
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit(send)}
      noValidate
      className="card"
      style={{ padding: 20, display: 'grid', gap: 16 }}
    >
      <SectionHead title={t('seller.identity')} />
      <div className="seller-fields">
        {(['name', 'legalForm', 'registerCity', 'siren', 'siret', 'vatNumber'] as const).map((f) => (
          <Field key={f} form={form} name={f} />
        ))}
        <NumberInput
          label={t('seller.capital')}
          decimalScale={2}
          suffix=" €"
          hideControls
          {...form.getInputProps('capital')}
        />
        <Select
          label={t('seller.vatScheme')}
          data={[
            { value: 'normal', label: t('seller.vatScheme.normal') },
            { value: 'franchise', label: t('seller.vatScheme.franchise') },
          ]}
          allowDeselect={false}
          {...form.getInputProps('vatScheme')}
        />
      </div>
      <Switch label={t('seller.vatOnDebits')} {...form.getInputProps('vatOnDebits', { type: 'checkbox' })} />
      <SectionHead title={t('seller.place')} />
      <div className="seller-fields">
        {(
          [
            'addressLine1',
            'addressLine2',
            'postalCode',
            'city',
            'contactName',
            'phone',
            'email',
            'website',
          ] as const
        ).map((f) => (
          <Field key={f} form={form} name={f} />
        ))}
      </div>
      <SectionHead title={t('seller.bank')} />
      <div className="seller-fields">
        {(['bankName', 'iban', 'bic'] as const).map((f) => (
          <Field key={f} form={form} name={f} />
        ))}
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'flex-end' }}>
        <TextInput
          type="date"
          label={t('seller.validFrom')}
          min={today}
          {...form.getInputProps('validFrom')}
        />
        <Button type="submit" loading={form.submitting}>
          {t('seller.save')}
        </Button>
      </div>
      <p className="meta" style={{ margin: 0 }}>
        {t('seller.versionHelp')}
      </p>
    </form>
  )
}

function Field({
  form,
  name,
}: {
  form: ZodForm<Fields>
  name: Exclude<keyof Fields, 'capital' | 'vatOnDebits'>
}) {
  const t = useT()
  return <TextInput label={t(`seller.field.${name as 'name'}`)} {...form.getInputProps(name)} />
}

function Mentions({ settings, onSaved }: { settings: Settings; onSaved: () => void }) {
  const t = useT()
  const format = useFormat()
  const [changing, setChanging] = useState<Mention>()
  return (
    <section className="card" style={{ padding: 20 }}>
      <SectionHead title={t('seller.mentions')} />
      <p className="ink-2">{t('seller.mentionsLead')}</p>
      {settings.mentions
        .filter((m) => m.state !== 'past')
        .map((m) => (
          <div key={`${m.code} ${m.validFrom} ${m.state}`} className="seller-mention">
            <div>
              <b>{t(`seller.mention.${m.code}`)}</b>{' '}
              {m.state === 'coming' ? (
                <StatusBadge tone="info">{t('seller.from', { date: format.date(m.validFrom) })}</StatusBadge>
              ) : null}
              <p>{m.texts.fr}</p>
              <p className="meta">{m.source}</p>
            </div>
            <Button size="sm" variant="default" onClick={() => setChanging(m)}>
              {t('seller.changeMention')}
            </Button>
          </div>
        ))}
      {changing ? (
        <MentionDialog
          mention={changing}
          today={settings.today}
          onClose={() => setChanging(undefined)}
          onSaved={() => {
            setChanging(undefined)
            onSaved()
          }}
        />
      ) : null}
    </section>
  )
}

function MentionDialog(props: { mention: Mention; today: string; onClose: () => void; onSaved: () => void }) {
  const t = useT()
  const { mention: m, today } = props
  const form = useZodForm({
    initialValues: {
      validFrom: today,
      source: m.source,
      texts: { fr: m.texts.fr, en: m.texts.en ?? '', es: m.texts.es ?? '', zh: m.texts.zh ?? '' },
    },
    schema: changeMention.body!.loose().partial({ texts: true }),
  })
  return (
    <Modal opened onClose={props.onClose} title={t(`seller.mention.${m.code}`)}>
      <DialogForm
        formRef={form.ref}
        onClose={props.onClose}
        submit={t('seller.saveMention')}
        busy={form.submitting}
        onSubmit={form.submit(async (values) => {
          const texts = Object.fromEntries(
            Object.entries(values.texts).filter(([, text]) => text.trim() !== ''),
          )
          await call(changeMention, {
            params: { code: m.code },
            body: { ...values, texts: texts as { fr: string } },
          })
          notify(t('seller.mentionSaved'))
          props.onSaved()
        })}
      >
        {(['fr', 'en', 'es', 'zh'] as const).map((l) => (
          <Textarea
            key={l}
            label={t(`seller.language.${l}`)}
            autosize
            {...form.getInputProps(`texts.${l}`)}
          />
        ))}
        <TextInput label={t('seller.source')} {...form.getInputProps('source')} />
        <TextInput
          type="date"
          label={t('seller.validFrom')}
          min={today}
          {...form.getInputProps('validFrom')}
        />
      </DialogForm>
    </Modal>
  )
}

function Versions({ settings }: { settings: Settings }) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="card" style={{ padding: 20 }}>
      <SectionHead title={t('seller.versions')} />
      {settings.versions.map((v) => (
        <div key={`${v.validFrom} ${v.createdAt}`} className="seller-mention">
          <div>
            <b>{v.name}</b> <span className="figures ink-3">{v.siren}</span>
            <p className="meta">{t('seller.by', { name: v.createdBy })}</p>
          </div>
          <span className="ink-2">{t('seller.from', { date: format.date(v.validFrom) })}</span>
        </div>
      ))}
    </section>
  )
}
