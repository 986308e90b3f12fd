import { useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { locales } from '../../../contract/common.ts'
import { call } from '../../../web/call.ts'
import { languageNames } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AddressField } from '../../../web/kit/address-field.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { TimeZoneField } from '../../../web/kit/time-zone-field.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { isProblem, ProblemError } from '../../../web/problem-error.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useDraft } from '../../../web/use-draft.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { getAccountDefaults, type AccountDefaults } from '../../account-defaults/contract.ts'
import { ClientCombobox, type ChosenClient } from '../../client-record/web/client-combobox.tsx'
import { getOffer, quoteHostedAccount } from '../../subscriptions/contract.ts'
import { PlanFields, type Chosen, type Offer } from '../../subscriptions/web/plan-fields.tsx'
import { PriceLines, type PriceLine } from '../../subscriptions/web/price-lines.tsx'
import { checkAccountAddress, newAccount, openHostedAccount } from '../contract.ts'
import './openings.css'

/** "Ajouter un compte" (B17 to B28): one column of fields, the price beside it as one chooses. */
export function NewAccountPage() {
  const t = useT()
  const offer = useEndpoint(getOffer, undefined, { staleTime: 60_000 })
  const defaults = useEndpoint(getAccountDefaults, undefined, { staleTime: 60_000 })
  const error = offer.error ?? defaults.error
  return (
    <>
      <Breadcrumb crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: t('resale.add') }]} />
      <PageHead title={t('resale.add')} line />
      {offer.data && defaults.data ? (
        <Form offer={offer.data} defaults={defaults.data} />
      ) : error ? (
        <ErrorState error={error} what={t('openings.unreadable')} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

type Draft = {
  client: ChosenClient | null
  slug: string
  slugTyped: boolean
  customDomain: string
  contactName: string
  contactEmail: string
  notificationEmail: string
  locale: AccountDefaults['locale']
  timeZone: string
  chosen: Chosen
}

function Form({ offer, defaults }: { offer: Offer; defaults: AccountDefaults }) {
  const t = useT()
  const navigate = useNavigate()
  const [search] = useSearchState()
  const me = useMe()
  const [draft, setDraft, forget] = useDraft<Draft>('hosted-account', {
    client: null,
    slug: '',
    slugTyped: false,
    customDomain: '',
    contactName: '',
    contactEmail: '',
    notificationEmail: defaults.notificationEmail ?? me?.user.email ?? '',
    locale: defaults.locale,
    timeZone: defaults.timeZone,
    chosen: {
      planCode: search['formule'] === 'trial' ? 'trial' : defaults.planCode,
      interval: defaults.interval,
      contactLimit: offer.contactLimits[1] ?? offer.contactLimits[0] ?? 500,
    },
  })
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [refused, setRefused] = useState<ProblemError>()
  const { chosen } = draft
  const price = useQuote(chosen)
  const form = useZodForm({
    initialValues: {
      clientId: draft.client?.id ?? '',
      slug: draft.slug,
      customDomain: draft.customDomain,
      contactName: draft.contactName,
      contactEmail: draft.contactEmail,
      notificationEmail: draft.notificationEmail,
      locale: draft.locale,
      timeZone: draft.timeZone,
    },
    schema: newAccount
      .pick({
        slug: true,
        contactName: true,
        contactEmail: true,
        notificationEmail: true,
        locale: true,
        timeZone: true,
      })
      .loose(),
    check: (values): Record<string, string> => ({
      ...(values.clientId === '' && { clientId: t('openings.field.clientNeeded') }),
      ...(values.customDomain !== '' &&
        !newAccount.shape.customDomain.safeParse(values.customDomain).success && {
          customDomain: t('hosted_accounts.domain_malformed'),
        }),
    }),
  })
  const keep = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const field = (name: 'customDomain' | 'contactName' | 'contactEmail' | 'notificationEmail') => {
    const props = form.getInputProps(name)
    return {
      ...props,
      onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
        props.onChange(event)
        keep({ [name]: event.currentTarget.value })
      },
    }
  }
  const send = form.submit(async (values) => {
    setRefused(undefined)
    const trial = chosen.planCode === 'trial'
    try {
      const opening = await call(
        openHostedAccount,
        {
          body: {
            ...values,
            customDomain: values.customDomain === '' ? null : values.customDomain,
            planCode: chosen.planCode,
            ...(!trial && {
              interval: chosen.interval,
              contactLimit: chosen.contactLimit,
              expectedTotal: price.data!.total,
            }),
          },
        },
        { idempotencyKey: key },
      )
      forget()
      await navigate({ to: paths.accountOpening(opening.id), replace: true })
    } catch (error) {
      setKey(crypto.randomUUID())
      if (isProblem(error, 'quote.changed')) void refresh(quoteHostedAccount)
      const known = ['payment_method.missing', 'billing_profile.incomplete', 'quote.changed']
      if (!(error instanceof ProblemError) || !known.includes(error.code)) throw error
      setRefused(error)
    }
  })
  const setSlug = (slug: string) => {
    form.setFieldValue('slug', slug)
    keep({ slug })
  }
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="scrolls opening">
      <div className="opening-fields">
        <fieldset>
          <legend>{t('openings.part.client')}</legend>
          <ClientCombobox
            label={t('openings.field.client')}
            description={t('openings.field.clientText')}
            value={draft.client}
            error={form.errors['clientId']}
            onChange={(client) => {
              form.setFieldValue('clientId', client?.id ?? '')
              keep({ client })
            }}
          />
          <div className="opening-pair">
            <TextInput label={t('resale.field.contactName')} autoComplete="off" {...field('contactName')} />
            <TextInput
              label={t('resale.field.contactEmail')}
              type="email"
              autoComplete="off"
              {...field('contactEmail')}
            />
          </div>
          <Notice tone="info" inline>
            {t('openings.silent')}
          </Notice>
        </fieldset>
        <fieldset>
          <legend>{t('openings.part.space')}</legend>
          <AddressField
            check={checkAccountAddress}
            label={t('openings.field.slug')}
            hint={t('openings.field.slugHint')}
            free={t('openings.field.slugFree')}
            take={(slug) => t('openings.field.slugTake', { slug })}
            value={form.values.slug}
            name={draft.client?.name ?? ''}
            typed={draft.slugTyped}
            onTyped={() => keep({ slugTyped: true })}
            onChange={setSlug}
            error={form.errors['slug']}
          />
          <TextInput
            label={`${t('resale.field.customDomain')} (${t('kit.optional')})`}
            description={t('openings.field.domainText')}
            autoComplete="off"
            spellCheck={false}
            {...field('customDomain')}
          />
          <div className="opening-pair">
            <Select
              label={t('resale.field.locale')}
              data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
              allowDeselect={false}
              value={form.values.locale}
              onChange={(value) => {
                form.setFieldValue('locale', value as AccountDefaults['locale'])
                keep({ locale: value as AccountDefaults['locale'] })
              }}
            />
            <TimeZoneField
              label={t('resale.field.timeZone')}
              allowDeselect={false}
              value={form.values.timeZone}
              error={form.errors['timeZone']}
              onChange={(value) => {
                form.setFieldValue('timeZone', value ?? '')
                keep({ timeZone: value ?? '' })
              }}
            />
          </div>
          <TextInput
            label={t('resale.field.notificationEmail')}
            description={t('resale.field.notificationEmailText')}
            type="email"
            {...field('notificationEmail')}
          />
        </fieldset>
        <fieldset>
          <legend>{t('openings.part.plan')}</legend>
          <PlanFields offer={offer} value={chosen} trial onChange={(next) => keep({ chosen: next })} />
        </fieldset>
      </div>
      <aside className="opening-summary" aria-label={t('openings.summary')}>
        <div className="card opening-price">
          <h2>{t('openings.summary')}</h2>
          <Summary offer={offer} chosen={chosen} price={price} />
          {refused ? <Remedy problem={refused} /> : null}
          <Button
            type="submit"
            fullWidth
            loading={form.submitting}
            disabled={chosen.planCode !== 'trial' && (!price.data || price.isPlaceholderData)}
          >
            <SubmitLabel chosen={chosen} price={price} />
          </Button>
          <p className="meta">{t('openings.reload')}</p>
        </div>
        <p className="meta opening-back">
          <Link className="text-link" to={paths.resale}>
            {t('openings.back')}
          </Link>
        </p>
      </aside>
    </form>
  )
}

type Quote = ReturnType<typeof useQuote>

/** The one quote, asked again as one chooses; the old one stays shown meanwhile. */
function useQuote(chosen: Chosen) {
  return useEndpoint(
    quoteHostedAccount,
    {
      query: {
        planCode: chosen.planCode as 'plus',
        interval: chosen.interval,
        contactLimit: String(chosen.contactLimit),
      },
    },
    { enabled: chosen.planCode !== 'trial', placeholderData: keepPreviousData },
  )
}

function SubmitLabel({ chosen, price }: { chosen: Chosen; price: Quote }) {
  const t = useT()
  const format = useFormat()
  if (chosen.planCode === 'trial') return t('openings.act.trial')
  return price.data
    ? t('openings.act.pay', { amount: format.money(price.data.total) })
    : t('openings.act.wait')
}

function Summary({ offer, chosen, price }: { offer: Offer; chosen: Chosen; price: Quote }) {
  const t = useT()
  const format = useFormat()
  if (chosen.planCode === 'trial')
    return (
      <p className="ink-2">
        {t('openings.trialText', {
          days: offer.trial.days,
          contacts: offer.trial.contacts,
          mails: offer.trial.mails,
        })}
      </p>
    )
  const quote = price.data
  if (price.error)
    return (
      <Notice tone="danger" inline>
        {price.error.message}
      </Notice>
    )
  if (!quote) return <PageSkeleton />
  const lines: PriceLine[] = [
    { label: t('openings.line.list'), amount: quote.listPrice },
    {
      label: t('openings.line.discount', {
        percent: format.percent(quote.discountPercent / 100),
        count: quote.paidAccounts,
      }),
      amount: quote.discount,
      minus: true,
    },
    {
      label: t('account_changes.line.vat', { rate: format.percent(quote.vat.rateBasisPoints / 10_000) }),
      amount: quote.vat.amount,
    },
    { label: t('account_changes.line.due'), amount: quote.total, total: true },
  ]
  return (
    <>
      <PriceLines lines={lines} waiting={price.isPlaceholderData} />
      <p className="meta">
        {t(`openings.then.${chosen.interval}`, {
          amount: format.money(quote.net),
          date: format.date(quote.renewsOn),
        })}
      </p>
      {quote.next ? (
        <p className="meta">
          {t('openings.next', {
            missing: quote.next.missing,
            percent: format.percent(quote.next.percent / 100),
          })}
        </p>
      ) : null}
    </>
  )
}

/** What is missing before anything can be paid, and where to give it. */
function Remedy({ problem }: { problem: ProblemError }) {
  const t = useT()
  const tab = problem.code === 'billing_profile.incomplete' ? 'coordonnees' : 'paiement'
  return (
    <Notice
      tone="danger"
      inline
      live
      action={
        problem.code === 'quote.changed' ? null : (
          <Button
            size="xs"
            variant="default"
            renderRoot={(root) => <Link to={paths.billing(tab)} {...root} />}
          >
            {t(`openings.remedy.${tab}`)}
          </Button>
        )
      }
    >
      {problem.detail}
    </Notice>
  )
}
