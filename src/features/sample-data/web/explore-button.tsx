import { Button } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useCall } from '../../../web/queries.ts'
import { createSampleAgency } from '../contract.ts'

/** Makes the sample agency, or finds it made, and goes there as its owner. */
export function ExploreButton() {
  const t = useT()
  const create = useCall(createSampleAgency, {
    onError: notifyError,
    onSuccess: ({ url }) => window.location.assign(url),
  })
  return (
    <>
      <Button
        size="md"
        variant="default"
        loading={create.isPending || create.isSuccess}
        onClick={() => create.mutate({})}
      >
        {t('agencies.welcome.sample')}
      </Button>
      <span className="visually-hidden" role="status">
        {create.isPending ? t('sample.making') : ''}
      </span>
    </>
  )
}
