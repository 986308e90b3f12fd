import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { StartList } from '../../../web/kit/start-list.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { call } from '../../../web/call.ts'
import { refresh } from '../../../web/queries.ts'
import { closeHint, getHome, type StartStep } from '../contract.ts'

/** Where each step is done. A later capability adds its line. */
const places: Record<StartStep, string> = {
  clients: paths.importRun('nouveau'),
  assign: `${paths.clients}?unassigned=true`,
  invite: `${paths.subAccounts}?nouveau=1`,
  brand: paths.settings('marque-blanche'),
}

/** The first days' list, ticked by facts; putting it away can be undone. */
export function FirstSteps({ steps }: { steps: NonNullable<AnswerOf<typeof getHome>['startList']> }) {
  const t = useT()
  const advertiser = useMe()?.agency?.kind === 'advertiser'
  const close = async (open: boolean) => {
    await call(closeHint, { body: { hint: 'start_list', open } })
    await refresh(getHome)
  }
  return (
    <StartList
      title={t('home.start.title')}
      steps={steps.map(({ step, done }) => ({
        id: step,
        title: t(`home.start.${step}`),
        detail: t(step === 'invite' && advertiser ? 'home.start.inviteTeamText' : `home.start.${step}Text`),
        action: t(`home.start.${step}`),
        to: places[step],
        done,
      }))}
      onDismiss={() => {
        close(false).then(() => undoable(t('home.start.closed'), () => close(true)), notifyError)
      }}
    />
  )
}
