import { useState } from 'react'
import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { Breadcrumb } from '../../../web/kit/page-head.tsx'
import { RecordHead } from '../../../web/kit/record-layout.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { ClientOrders } from '../../orders/web/client-orders.tsx'
import { getCampaign, listCampaigns, updateCampaign } from '../contract.ts'
import { CampaignDialog } from './campaign-dialog.tsx'
import { CampaignPhase, useCampaignDays, type Campaign } from './campaign-words.tsx'
import './campaigns.css'

/** One campaign: days, budget and what is engaged of it, and its orders. */
export function CampaignPage() {
  const id = usePathParam('id')
  const t = useT()
  const { data: campaign, error, refetch } = useEndpoint(getCampaign, { params: { id } })
  useTitle(campaign?.name ?? t('campaigns.title'))
  if (!campaign)
    return error ? (
      <ErrorState error={error} what={t('campaigns.unreadableOne')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  return (
    <>
      <Breadcrumb crumbs={[{ label: t('campaigns.title'), to: paths.campaigns }, { label: campaign.name }]} />
      <Head campaign={campaign} />
      <div className="campaign-page-figures">
        <Figures campaign={campaign} />
      </div>
      <ClientOrders clientId={campaign.client.id} campaignId={campaign.id} open={campaign.can.order} />
    </>
  )
}

function Figures({ campaign }: { campaign: Campaign }) {
  const t = useT()
  const format = useFormat()
  const used = campaign.spent.amount + campaign.held.amount
  const left = campaign.budget && { ...campaign.budget, amount: campaign.budget.amount - used }
  return (
    <KeyFigures>
      <KeyFigure
        label={t('campaigns.budget')}
        value={campaign.budget ? <MoneyText value={campaign.budget} whole /> : t('campaigns.noBudget')}
        {...(left && { detail: t('campaigns.left', { left: format.money(left) }) })}
      />
      <KeyFigure label={t('campaigns.spent')} value={<MoneyText value={campaign.spent} />} />
      <KeyFigure label={t('campaigns.held')} value={<MoneyText value={campaign.held} />} />
      <KeyFigure
        label={t('orders.title')}
        value={format.number(campaign.orders)}
        detail={t('campaigns.open', { n: campaign.openOrders })}
      />
    </KeyFigures>
  )
}

function Head({ campaign }: { campaign: Campaign }) {
  const t = useT()
  const days = useCampaignDays()
  const [editing, setEditing] = useState(false)
  const setState = async (state: Campaign['state']) => {
    try {
      const saved = await call(updateCampaign, {
        params: { id: campaign.id },
        body: { state, version: campaign.version },
      })
      await refresh(getCampaign, listCampaigns)
      undoable(t(`campaigns.now.${state}`, { name: campaign.name }), async () => {
        await call(updateCampaign, {
          params: { id: campaign.id },
          body: { state: campaign.state, version: saved.version },
        })
        await refresh(getCampaign, listCampaigns)
      })
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <>
      <RecordHead
        icon={<Tile name={campaign.name} id={campaign.id} size="l" />}
        title={campaign.name}
        meta={
          <>
            <CampaignPhase phase={campaign.phase} />
            <Link to={paths.client(campaign.client.id)} className="text-link">
              {campaign.client.name}
            </Link>
            <span>{days(campaign)}</span>
            {campaign.projects.length > 0 ? (
              <span>{campaign.projects.map((p) => p.name).join(', ')}</span>
            ) : null}
          </>
        }
        actions={
          <>
            {campaign.can.order ? (
              <Button
                component={Link}
                to={paths.cart(campaign.client.id)}
                search={{ campagne: campaign.id } as never}
                leftSection={<IconPlus size={15} />}
              >
                {t('orders.new')}
              </Button>
            ) : null}
            {campaign.can.edit ? (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={32} aria-label={t('campaigns.actions')}>
                    <IconDots size={17} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
                    {t('campaigns.edit')}
                  </Menu.Item>
                  {campaign.state === 'active' ? (
                    <Menu.Item
                      leftSection={<IconPlayerPause size={15} />}
                      onClick={() => void setState('paused')}
                    >
                      {t('campaigns.pause')}
                    </Menu.Item>
                  ) : (
                    <Menu.Item
                      leftSection={<IconPlayerPlay size={15} />}
                      onClick={() => void setState('active')}
                    >
                      {t('campaigns.resume')}
                    </Menu.Item>
                  )}
                  {campaign.state === 'ended' ? null : (
                    <Menu.Item
                      leftSection={<IconPlayerStop size={15} />}
                      onClick={() => void setState('ended')}
                    >
                      {t('campaigns.end')}
                    </Menu.Item>
                  )}
                </Menu.Dropdown>
              </Menu>
            ) : null}
          </>
        }
      />
      {campaign.goal ? <p className="campaign-page-figures ink-2">{campaign.goal}</p> : null}
      <CampaignDialog opened={editing} campaign={campaign} onClose={() => setEditing(false)} />
    </>
  )
}
