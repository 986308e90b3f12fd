import { useState } from 'react'
import { Button } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { ProfileSection, WhenRead } from '../../profile/web/profile-section.tsx'
import { PasswordDialog } from '../../sign-in/web/password-dialog.tsx'
import { disableTotp, getSecondFactor, regenerateRecoveryCodes } from '../contract.ts'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { SetUpDialog } from './set-up-dialog.tsx'

type Open = 'setUp' | 'off' | 'codes' | undefined

/** "Double vérification": a code of an application at each sign-in, and the codes for the day it is lost. */
export function SecondFactorSection() {
  const t = useT()
  const read = useEndpoint(getSecondFactor)
  const [open, setOpen] = useState<Open>()
  const [codes, setCodes] = useState<string[]>()
  const close = () => setOpen(undefined)
  const enabled = read.data?.enabledAt != null
  const show = (recoveryCodes: string[]) => {
    close()
    setCodes(recoveryCodes)
    void refresh(getSecondFactor)
  }
  return (
    <ProfileSection
      title={t('second_factor.title')}
      lead={t('second_factor.lead')}
      actions={
        enabled ? (
          <>
            <Button variant="default" onClick={() => setOpen('codes')}>
              {t('second_factor.codes.replace')}
            </Button>
            <Button variant="default" onClick={() => setOpen('off')}>
              {t('second_factor.off')}
            </Button>
          </>
        ) : read.data ? (
          <Button variant="default" onClick={() => setOpen('setUp')}>
            {t('second_factor.on')}
          </Button>
        ) : null
      }
    >
      <WhenRead read={read}>
        {({ enabledAt, recoveryCodesLeft }) =>
          enabledAt === null ? (
            <p className="profile-fact">
              <StatusBadge tone="mute">{t('second_factor.isOff')}</StatusBadge>
            </p>
          ) : (
            <p className="profile-fact">
              <StatusBadge tone="ok">{t('second_factor.isOn')}</StatusBadge>
              <span className={recoveryCodesLeft < 3 ? undefined : 'ink-2'}>
                {t('second_factor.codes.left', { n: recoveryCodesLeft })}
              </span>
            </p>
          )
        }
      </WhenRead>
      <SetUpDialog opened={open === 'setUp'} onClose={close} onDone={show} />
      <PasswordDialog
        opened={open === 'codes'}
        onClose={close}
        title={t('second_factor.codes.replace')}
        confirmLabel={t('second_factor.codes.replace')}
        onConfirm={async (currentPassword) =>
          show((await call(regenerateRecoveryCodes, { body: { currentPassword } })).recoveryCodes)
        }
      >
        <p className="ink-2">{t('second_factor.codes.replaceText')}</p>
      </PasswordDialog>
      <PasswordDialog
        opened={open === 'off'}
        onClose={close}
        danger
        title={t('second_factor.offAsk')}
        confirmLabel={t('second_factor.off')}
        onConfirm={async (currentPassword) => {
          await call(disableTotp, { body: { currentPassword } })
          await refresh(getSecondFactor)
          notify(t('second_factor.offDone'))
          close()
        }}
      >
        <p className="ink-2">{t('second_factor.offText')}</p>
      </PasswordDialog>
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(undefined)} />
    </ProfileSection>
  )
}
