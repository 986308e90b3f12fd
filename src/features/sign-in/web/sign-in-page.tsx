import { useEffect, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../../../web/me.ts'
import { safeReturn } from '../../../web/paths.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useEntered } from './use-entered.ts'
import { LockedView } from './locked-view.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { SignInForm } from './sign-in-form.tsx'
import './sign-in.css'

type Step =
  | { at: 'form'; login: string }
  | { at: 'locked'; login: string; until: number }
  | { at: 'code'; ticket: string; login: string }

/** `/connexion`: the form, then the code where one is asked for, or the page of too many wrong passwords. */
export function SignInPage() {
  const [step, setStep] = useState<Step>({ at: 'form', login: '' })
  const entered = useEntered()
  // Somebody who is in already has nothing to do here.
  const isIn = useMe() !== null
  const navigate = useNavigate()
  const [search] = useSearchState()
  const target = safeReturn(search['retour'])
  const back = () => setStep({ at: 'form', login: step.login })
  const locked = (waitSeconds: number) =>
    setStep({ at: 'locked', login: step.login, until: Date.now() + waitSeconds * 1000 })
  useEffect(() => {
    if (isIn) void navigate({ href: target, replace: true })
  }, [isIn, target, navigate])
  if (isIn) return null
  if (step.at === 'locked') return <LockedView until={step.until} onBack={back} />
  if (step.at === 'code')
    return <SecondFactorForm ticket={step.ticket} onBack={back} onLocked={locked} onDone={entered} />
  return (
    <SignInForm
      login={step.login}
      onLocked={(login, waitSeconds) =>
        setStep({ at: 'locked', login, until: Date.now() + waitSeconds * 1000 })
      }
      onCode={(login, ticket) => setStep({ at: 'code', login, ticket })}
      onDone={entered}
    />
  )
}
