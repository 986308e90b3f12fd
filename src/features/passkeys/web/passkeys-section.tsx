import { useState } from 'react'
import { ActionIcon, Button } from '@mantine/core'
import { IconKey, IconTrash } from '@tabler/icons-react'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { InlineField } from '../../../web/kit/inline-field.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { ProfileSection, WhenRead } from '../../profile/web/profile-section.tsx'
import { PasswordDialog } from '../../sign-in/web/password-dialog.tsx'
import { listPasskeys, removePasskey, renamePasskey } from '../contract.ts'
import { AddPasskeyDialog } from './add-passkey-dialog.tsx'

type Passkey = AnswerOf<typeof listPasskeys>['data'][number]

/** "Clés d'accès": the devices that sign one in with a fingerprint or a code, without the password. */
export function PasskeysSection() {
  const t = useT()
  const read = useEndpoint(listPasskeys)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey>()
  const supported = browserSupportsWebAuthn()
  return (
    <ProfileSection
      title={t('passkeys.title')}
      lead={t('passkeys.lead')}
      actions={
        <Button variant="default" onClick={() => setAdding(true)} disabled={!supported}>
          {t('passkeys.add')}
        </Button>
      }
    >
      <WhenRead read={read}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="ink-2">{t(supported ? 'passkeys.none' : 'passkeys.unsupported')}</p>
          ) : (
            <ul className="profile-list">
              {data.map((key) => (
                <PasskeyLine key={key.id} passkey={key} onRemove={() => setRemoving(key)} />
              ))}
            </ul>
          )
        }
      </WhenRead>
      <AddPasskeyDialog opened={adding} onClose={() => setAdding(false)} />
      <PasswordDialog
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        danger
        title={t('passkeys.removeAsk', { name: removing?.name })}
        confirmLabel={t('passkeys.remove')}
        onConfirm={async (currentPassword) => {
          await call(removePasskey, { params: { id: removing!.id }, body: { currentPassword } })
          await refresh(listPasskeys)
          notify(t('passkeys.removed'))
          setRemoving(undefined)
        }}
      >
        <p className="ink-2">{t('passkeys.removeText')}</p>
      </PasswordDialog>
    </ProfileSection>
  )
}

function PasskeyLine({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const t = useT()
  const rename = async (name: string) => {
    await call(renamePasskey, { params: { id: passkey.id }, body: { name } })
    await refresh(listPasskeys)
  }
  return (
    <li>
      <IconKey size={20} stroke={1.6} aria-hidden="true" />
      <span className="profile-list-text">
        <InlineField label={t('passkeys.name')} value={passkey.name} field="name" onSave={rename} />
        <span className="meta">
          {t('passkeys.added')} <RelativeDate value={passkey.createdAt} />
          {passkey.lastUsedAt ? (
            <>
              {' · '}
              {t('passkeys.used')} <RelativeDate value={passkey.lastUsedAt} />
            </>
          ) : null}
        </span>
      </span>
      <ActionIcon aria-label={t('passkeys.removeOne', { name: passkey.name })} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}
