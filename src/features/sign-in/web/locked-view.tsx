import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { TimeLeft, useSecondsLeft } from './wait.tsx'

/** "Tentative échouée" (B54): why, how long, and the way back, where "Mot de passe oublié" is. */
export function LockedView({ until, onBack }: { until: number; onBack: () => void }) {
  const t = useT()
  const left = useSecondsLeft(until)
  return (
    <BrandLayout title={t('sign_in.failed.title')}>
      <Notice tone="danger" inline live>
        {t('sign_in.failed.why')}
      </Notice>
      <p className="reading">{left > 0 ? t('sign_in.failed.wait') : t('sign_in.failed.over')}</p>
      {left > 0 ? (
        <p className="sign-in-clock figures" role="timer" aria-label={t('sign_in.failed.timer')}>
          <TimeLeft seconds={left} />
        </p>
      ) : null}
      <p className="meta">{t('sign_in.failed.help')}</p>
      <Button
        variant="default"
        size="lg"
        fullWidth
        leftSection={<IconArrowLeft size={16} />}
        onClick={onBack}
        autoFocus
      >
        {t('sign_in.failed.back')}
      </Button>
    </BrandLayout>
  )
}
