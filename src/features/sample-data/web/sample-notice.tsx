import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { getSampleAgency } from '../contract.ts'
import { SamplePeople } from './sample-people.tsx'

/** In the sample agency only: that it is one, and who else may be tried. */
export function SampleNotice() {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { data } = useEndpoint(getSampleAgency, undefined, { staleTime: Infinity })
  if (!data?.agency) return null
  return (
    <>
      <Notice
        tone="info"
        inline
        action={
          <Button size="sm" variant="default" onClick={() => setOpen(true)}>
            {t('sample.people')}
          </Button>
        }
      >
        {t('sample.inside')}
      </Notice>
      <Modal opened={open} onClose={() => setOpen(false)} title={t('sample.people')}>
        <SamplePeople bare />
      </Modal>
    </>
  )
}
