import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { beginPasskeySignIn, signInWithPasskey } from '../contract.ts'

type Options = Parameters<typeof startAuthentication>[0]['optionsJSON']

/** "Utiliser une clé d'accès": in with a fingerprint or a code of the device, no password. */
export function PasskeyButton({ remember, onDone }: { remember: boolean; onDone: () => Promise<void> }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string>()
  if (!browserSupportsWebAuthn()) return null
  const enter = async () => {
    setBusy(true)
    setSaid(undefined)
    try {
      const { ticket, options } = await call(beginPasskeySignIn)
      const credential = await startAuthentication({ optionsJSON: options as unknown as Options })
      await call(signInWithPasskey, { body: { ticket, remember, credential: credential as never } })
      await onDone()
    } catch (error) {
      if (error instanceof ProblemError) setSaid(error.detail)
      // The browser gives one error for "cancelled", "none here" and "timed out", on purpose.
      else if (error instanceof Error && /NotAllowed|Abort/.test(error.name))
        setSaid(t('passkeys.signIn.none'))
      else notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {said ? (
        <Notice tone="info" inline live>
          {said}
        </Notice>
      ) : null}
      <Button
        variant="default"
        size="lg"
        fullWidth
        leftSection={<IconKey size={16} />}
        loading={busy}
        onClick={() => void enter()}
      >
        {t('passkeys.signIn')}
      </Button>
    </>
  )
}
