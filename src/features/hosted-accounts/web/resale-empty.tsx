import { Button } from '@mantine/core'
import { IconBuildingStore, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { paths } from '../../../web/paths.ts'

/** No account yet: what reselling is, and two ways to begin. */
export function ResaleEmpty() {
  const t = useT()
  return (
    <Empty
      icon={<IconBuildingStore size={28} stroke={1.5} aria-hidden="true" />}
      title={t('resale.empty.title')}
      action={
        <>
          <Button
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            renderRoot={(root) => (
              <Link to={paths.newHostedAccount} search={{ formule: 'trial' } as never} {...root} />
            )}
          >
            {t('resale.empty.trial')}
          </Button>
          <Button variant="default" renderRoot={(root) => <Link to={paths.newHostedAccount} {...root} />}>
            {t('resale.empty.paid')}
          </Button>
        </>
      }
    >
      <p>{t('resale.empty.text')}</p>
      <ol className="resale-steps">
        <li>{t('resale.empty.step1')}</li>
        <li>{t('resale.empty.step2')}</li>
        <li>{t('resale.empty.step3')}</li>
      </ol>
    </Empty>
  )
}
