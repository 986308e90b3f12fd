import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { IconDoorExit, IconEyeCheck, IconLock } from '@tabler/icons-react'
import { T } from '../i18n/rich-text.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { notifyError } from '../kit/notices.tsx'
import { refreshMe } from '../me.ts'
import { useRealm } from '../realm.ts'
import type { Me } from '../me.ts'
import { actingEnded } from '../session-lost.ts'
import { slots } from '../slots.ts'
import type { ActingSession } from '../slots.ts'
import { useNow } from '../use-now.ts'
import './acting-bar.css'

type Acting = NonNullable<Me['acting']>

/** "30 more minutes" is offered when fewer than these remain. */
const offerAtMinutes = 5

/**
 * On top of everything while somebody acts as, or sees as, somebody else: for whom, who, how long, a
 * way back. Violet, which no theme can change.
 */
export function ActingBar({ acting, me }: { acting: Acting; me: Me }) {
  const t = useT()
  const format = useFormat()
  const [busy, setBusy] = useState(false)
  const realm = useRealm().kind
  const left = useRef(false)
  const now = useNow(20_000)
  const minutes = Math.max(0, Math.ceil((Date.parse(acting.endsAt) - now) / 60_000))
  const viewing = acting.mode === 'viewing'
  const run = async (act: (session: ActingSession) => Promise<void>) => {
    if (!slots.acting) return
    setBusy(true)
    try {
      await act(await slots.acting(realm))
      if (realm === 'agency' || !left.current) await refreshMe()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  const leave = () =>
    run(async (session) => {
      const back = await session.leave()
      left.current = true
      location.assign(back)
    })
  const end = useEffectEvent(() => {
    // A visit to a hosted account is all that one was there by: back to the agency.
    if (realm === 'hosted_account') void leave()
    else actingEnded()
  })
  useEffect(() => {
    if (minutes === 0) end()
  }, [minutes])

  return (
    <>
      <div className="acting-bar" role="region" aria-label={t('shell.acting.label')}>
        <IconEyeCheck size={18} aria-hidden="true" />
        <span className="acting-for">
          <T
            id={viewing ? 'shell.acting.viewing' : 'shell.acting.for'}
            values={{ name: acting.subject.name }}
          />
        </span>
        <span className="acting-detail">
          {t(viewing ? 'shell.acting.detailViewing' : 'shell.acting.detail', {
            actor: acting.chain.length > 2 ? acting.chain.slice(0, -1).join(' → ') : acting.actor.name,
            agency: me.agency?.name ?? '',
            minutes: format.number(minutes),
          })}
        </span>
        <span className="spacer" />
        {minutes <= offerAtMinutes ? (
          <button type="button" disabled={busy} onClick={() => void run((s) => s.extend())}>
            {t('shell.acting.extend')}
          </button>
        ) : null}
        {viewing ? null : (
          <button
            type="button"
            className="phone-hidden"
            title={t('shell.acting.readOnlyHint')}
            aria-pressed={acting.readOnly}
            disabled={busy}
            onClick={() => void run((s) => s.setReadOnly(!acting.readOnly))}
          >
            {acting.readOnly ? <IconLock size={14} aria-hidden="true" /> : null}
            {t(acting.readOnly ? 'shell.acting.readOnlyOn' : 'shell.acting.readOnly')}
          </button>
        )}
        <button type="button" className="acting-leave" disabled={busy} onClick={() => void leave()}>
          <IconDoorExit size={15} aria-hidden="true" />
          <span className="phone-hidden">{t('shell.acting.leave')}</span>
          <span className="phone-only">{t('shell.acting.leaveShort')}</span>
        </button>
      </div>
      <div className="acting-frame" aria-hidden="true" />
    </>
  )
}
