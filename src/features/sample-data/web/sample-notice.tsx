import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { PeopleList, type SampleAgency } from './sample-people.tsx'

/** In the sample agency: that it is one, and who else may be tried. */
export function SampleNotice({ agency }: { agency: SampleAgency }) {
  const t = useT()
  const [open, setOpen] = useState(false)
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
        <PeopleList agency={agency} />
      </Modal>
    </>
  )
}
