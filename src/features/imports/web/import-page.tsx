import { useCallback, useState } from 'react'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { WizardLayout } from '../../../web/kit/wizard-layout.tsx'
import { paths } from '../../../web/paths.ts'
import { usePathParam } from '../../../web/router.tsx'
import { clientImports, importFields } from '../contract.ts'
import { CheckStep } from './check-step.tsx'
import { ImportDoorContext, useImportDoor, type ImportPageDoor } from './import-door.ts'
import { ImportProgress } from './import-progress.tsx'
import { ImportSummary } from './import-summary.tsx'
import { MappingStep } from './mapping-step.tsx'
import { ResultStep } from './result-step.tsx'
import { UploadStep } from './upload-step.tsx'
import { useImport, type ImportFacts } from './use-import.ts'
import { useUpload } from './use-upload.ts'

const steps = ['fichier', 'colonnes', 'verification', 'resultat'] as const
type Step = (typeof steps)[number]

/** The step each state of an import belongs to. */
const stepOf: Record<ImportFacts['state'], Step> = {
  uploading: 'fichier',
  failed: 'fichier',
  reading: 'fichier',
  mapping: 'colonnes',
  checking: 'verification',
  checked: 'verification',
  running: 'resultat',
  done: 'resultat',
}

const clientDoor: ImportPageDoor = {
  endpoints: clientImports,
  words: 'imports',
  fields: importFields,
  nameField: 'name',
  jobs: { read: 'job.imports.read', check: 'job.imports.check', run: 'job.imports.run' },
  // Open lists of clients hear of it by themselves.
  list: { title: 'clients.title', to: paths.clients, reads: [] },
  run: paths.importRun,
}

/** Imports a file of clients: file, columns, check, result. `/imports/nouveau` begins one. */
export function ImportPage() {
  return <ImportWizard door={clientDoor} />
}

/** The same for any kind of file. */
export function ImportWizard({ door }: { door: ImportPageDoor }) {
  return (
    <ImportDoorContext value={door}>
      <Wizard />
    </ImportDoorContext>
  )
}

function Wizard() {
  const t = useT()
  const door = useImportDoor()
  const id = usePathParam('id')
  const navigate = useNavigate()
  const onCreated = useCallback(
    (created: string) => void navigate({ to: door.run(created), replace: true }),
    [navigate, door],
  )
  const upload = useUpload(onCreated)
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t(door.list.title), to: door.list.to }, { label: t(`${door.words}.title`) }]}
      />
      <PageHead title={t(`${door.words}.title`)} line />
      {id === 'nouveau' ? (
        <Frame step="fichier">
          <UploadStep upload={upload} />
        </Frame>
      ) : (
        <Running id={id} upload={upload} />
      )}
    </>
  )
}

function Running({ id, upload }: { id: string; upload: ReturnType<typeof useUpload> }) {
  const t = useT()
  const door = useImportDoor()
  const { data, error, refetch } = useImport(id)
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Step>()
  if (error) return <ErrorState error={error} what={t(`${door.words}.title`)} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const now = stepOf[data.state]
  // Columns may be matched anew once the check is done; nothing else can be gone back to.
  const step: Step =
    asked === 'colonnes' && (data.state === 'checked' || data.state === 'done') ? 'colonnes' : now
  return (
    <Frame
      step={step}
      reached={now}
      facts={data}
      onStep={(s) => (s === 'fichier' ? void navigate({ to: door.run('nouveau') }) : setAsked(s))}
    >
      {step === 'fichier' ? (
        data.state === 'reading' ? (
          <ImportProgress facts={data} />
        ) : (
          <UploadStep upload={upload} begun={data} />
        )
      ) : null}
      {step === 'colonnes' ? (
        <MappingStep key={data.id} facts={data} onChecked={() => setAsked(undefined)} />
      ) : null}
      {step === 'verification' ? (
        data.state === 'checking' ? (
          <ImportProgress facts={data} />
        ) : (
          <CheckStep facts={data} onColumns={() => setAsked('colonnes')} />
        )
      ) : null}
      {step === 'resultat' ? (
        data.state === 'running' ? (
          <ImportProgress facts={data} />
        ) : (
          <ResultStep facts={data} />
        )
      ) : null}
    </Frame>
  )
}

type FrameProps = {
  step: Step
  reached?: Step
  facts?: ImportFacts
  onStep?: (step: Step) => void
  children: React.ReactNode
}

function Frame({ step, reached = step, facts, onStep, children }: FrameProps) {
  const t = useT()
  const door = useImportDoor()
  const last = steps.indexOf(reached)
  return (
    <WizardLayout
      steps={steps.map((s) => ({
        id: s,
        title: t(`imports.step.${s}`),
        hint: s === 'resultat' ? t(`${door.words}.step.resultat.hint`) : t(`imports.step.${s}.hint`),
      }))}
      current={step}
      visited={steps.filter((s, i) => i <= last && s !== 'resultat')}
      onStep={(s) => onStep?.(s as Step)}
      lead={t(`imports.step.${step}.lead`)}
      summary={facts ? <ImportSummary facts={facts} /> : undefined}
      summaryLabel={t('imports.file')}
      footStart={
        <Button component={Link} to={door.list.to} variant="subtle" color="gray">
          {t(`${door.words}.back`)}
        </Button>
      }
      footEnd={<span id="import-actions" />}
    >
      {children}
    </WizardLayout>
  )
}
