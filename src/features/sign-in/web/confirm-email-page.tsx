import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { refreshMe, useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { useCall } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { confirmEmail } from '../contract.ts'
import { useLinkToken } from './link-token.ts'

/** `/confirmer`: proves an address. A button, since programs that read mail open links too. */
export function ConfirmEmailPage() {
  const t = useT()
  const token = useLinkToken()
  const confirm = useCall(confirmEmail, { onSuccess: () => void refreshMe().catch(() => null) })
  if (confirm.data)
    return (
      <BrandLayout title={t('sign_in.confirm.done')}>
        <p className="reading" role="status">
          <T
            id={confirm.data.changed ? 'sign_in.confirm.changed' : 'sign_in.confirm.proved'}
            values={{ email: confirm.data.email }}
          />
        </p>
        <GoOn />
      </BrandLayout>
    )
  if (token === '' || isProblem(confirm.error, 'link.spent') || isProblem(confirm.error, 'email.taken'))
    return (
      <BrandLayout title={t('sign_in.spent.title')}>
        <p className="reading" role="alert">
          {confirm.error && !isProblem(confirm.error, 'link.spent')
            ? (confirm.error as { detail?: string }).detail
            : t('sign_in.spent.confirm')}
        </p>
        <GoOn />
      </BrandLayout>
    )
  return (
    <BrandLayout title={t('sign_in.confirm.title')} lead={t('sign_in.confirm.lead')}>
      {confirm.error ? (
        <ErrorState error={confirm.error} retry={() => confirm.mutate({ body: { token } })} />
      ) : null}
      <Button
        size="lg"
        fullWidth
        autoFocus
        loading={confirm.isPending}
        onClick={() => confirm.mutate({ body: { token } })}
      >
        {t('sign_in.confirm.submit')}
      </Button>
    </BrandLayout>
  )
}

function GoOn() {
  const t = useT()
  const realm = useRealm()
  const me = useMe()
  return (
    <Button renderRoot={(root) => <Link to={me ? paths.home : paths.signIn} {...root} />} size="lg" fullWidth>
      {me ? t('sign_in.confirm.open', { name: realm.name }) : t('sign_in.submit')}
    </Button>
  )
}
