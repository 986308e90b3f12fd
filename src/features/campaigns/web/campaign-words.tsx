import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, type Tone } from '../../../web/kit/badges.tsx'
import { Meter } from '../../../web/kit/meter.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import type { listCampaigns } from '../contract.ts'

/** A campaign as lists and its page show it. */
export type Campaign = AnswerOf<typeof listCampaigns>['data'][number]

const tones: Record<Campaign['phase'], Tone> = {
  planned: 'info',
  running: 'ok',
  over: 'warn',
  paused: 'warn',
  ended: 'mute',
}

/** Where a campaign stands. */
export function CampaignPhase({ phase }: { phase: Campaign['phase'] }) {
  const t = useT()
  return <StatusBadge tone={tones[phase]}>{t(`campaigns.phase.${phase}`)}</StatusBadge>
}

/** First and last day. */
export function useCampaignDays() {
  const t = useT()
  const format = useFormat()
  return (c: Pick<Campaign, 'startsOn' | 'endsOn'>) =>
    c.endsOn
      ? t('campaigns.days', { from: format.date(c.startsOn, { short: true }), to: format.date(c.endsOn) })
      : t('campaigns.since', { from: format.date(c.startsOn) })
}

/** What a campaign has engaged of its budget, as a bar and amounts. */
export function CampaignBudget({ campaign }: { campaign: Campaign }) {
  const t = useT()
  const format = useFormat()
  const used = { ...campaign.spent, amount: campaign.spent.amount + campaign.held.amount }
  if (!campaign.budget) return <MoneyText value={used} whole />
  const share = campaign.budget.amount === 0 ? 0 : used.amount / campaign.budget.amount
  return (
    <span className="campaign-budget">
      <span className="figures">
        {t('campaigns.used', {
          used: format.moneyWhole(used),
          budget: format.moneyWhole(campaign.budget),
        })}
      </span>
      <Meter share={share} limit label={t('campaigns.share', { share: format.percent(share) })} />
    </span>
  )
}
