import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconPlus, IconTargetArrow, IconWorld } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { ProjectDialog } from '../../projects/web/project-dialog.tsx'
import { ProjectList } from '../../projects/web/project-list.tsx'
import { CampaignDialog } from './campaign-dialog.tsx'
import { CampaignList } from './campaign-list.tsx'

/** Tab "Projets" of a client: all its campaigns in one place (A4), and its projects. */
export function ClientProjects({ client, open }: { client: { id: string; name: string }; open: boolean }) {
  const t = useT()
  const navigate = useNavigate()
  const [adding, setAdding] = useState<'campaign' | 'project'>()
  const [sort, setSort] = useState('-startsOn')
  const mayCampaign = useRight('campaigns.edit') && open
  const mayProject = useRight('projects.edit') && open
  const newCampaign = mayCampaign ? (
    <Button
      size="sm"
      variant="default"
      leftSection={<IconPlus size={15} />}
      onClick={() => setAdding('campaign')}
    >
      {t('campaigns.new')}
    </Button>
  ) : null
  const newProject = mayProject ? (
    <Button
      size="sm"
      variant="default"
      leftSection={<IconPlus size={15} />}
      onClick={() => setAdding('project')}
    >
      {t('projects.new')}
    </Button>
  ) : null
  return (
    // Scrolls by itself: the keyboard must be able to enter it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
    <div className="scrolls client-projects" tabIndex={0}>
      <section aria-labelledby="client-campaigns">
        <SectionHead id="client-campaigns" title={t('campaigns.title')} action={newCampaign} />
        <div className="client-projects-list">
          <CampaignList
            query={{ client: client.id }}
            oneClient
            sort={sort}
            onSort={setSort}
            empty={
              <Empty
                icon={<IconTargetArrow size={28} stroke={1.5} />}
                title={t('campaigns.emptyOne')}
                heading="h3"
              >
                {t('campaigns.emptyText')}
              </Empty>
            }
          />
        </div>
      </section>
      <section aria-labelledby="client-projects">
        <SectionHead id="client-projects" title={t('projects.title')} action={newProject} />
        <div className="client-projects-list">
          <ProjectList
            query={{ client: client.id }}
            oneClient
            empty={
              <Empty icon={<IconWorld size={28} stroke={1.5} />} title={t('projects.emptyOne')} heading="h3">
                {t('projects.emptyText')}
              </Empty>
            }
          />
        </div>
      </section>
      <CampaignDialog
        opened={adding === 'campaign'}
        client={client}
        onClose={() => setAdding(undefined)}
        onDone={(c) => void navigate({ to: paths.campaign(c.id) })}
      />
      <ProjectDialog opened={adding === 'project'} client={client} onClose={() => setAdding(undefined)} />
    </div>
  )
}
