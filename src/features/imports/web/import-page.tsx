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
import { CheckStep } from './check-step.tsx'
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

/** Imports a file of clients: file, columns, check, result. `/imports/nouveau` begins one. */
export function ImportPage() {
  const t = useT()
  const id = usePathParam('id')
  const navigate = useNavigate()
  const onCreated = useCallback(
    (created: string) => void navigate({ to: paths.importRun(created), replace: true }),
    [navigate],
  )
  const upload = useUpload(onCreated)
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('clients.title'), to: paths.clients }, { label: t('imports.title') }]}
      />
      <PageHead title={t('imports.title')} line />
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
  const { data, error, refetch } = useImport(id)
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Step>()
  if (error) return <ErrorState error={error} what={t('imports.title')} retry={() => void refetch()} />
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
      onStep={(s) => (s === 'fichier' ? void navigate({ to: paths.importRun('nouveau') }) : setAsked(s))}
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
  const last = steps.indexOf(reached)
  return (
    <WizardLayout
      steps={steps.map((s) => ({ id: s, title: t(`imports.step.${s}`), hint: t(`imports.step.${s}.hint`) }))}
      current={step}
      visited={steps.filter((s, i) => i <= last && s !== 'resultat')}
      onStep={(s) => onStep?.(s as Step)}
      lead={t(`imports.step.${step}.lead`)}
      summary={facts ? <ImportSummary facts={facts} /> : undefined}
      summaryLabel={t('imports.file')}
      footStart={
        <Button component={Link} to={paths.clients} variant="subtle" color="gray">
          {t('imports.back')}
        </Button>
      }
      footEnd={<span id="import-actions" />}
    >
      {children}
    </WizardLayout>
  )
}
