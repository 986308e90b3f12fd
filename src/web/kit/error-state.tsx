import { Button, Code } from '@mantine/core'
import { IconCloudOff, IconMapSearch, IconPlugConnectedX } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { OfflineError, ProblemError } from '../problem-error.ts'
import { Empty } from './empty.tsx'

type ErrorStateProps = {
  error: unknown
  /** What could not be shown, as a title: "Les clients n’ont pas pu être chargés". */
  what?: string
  /** The name of what could not be shown, where no sentence of its own says it: "Factures". */
  page?: string
  retry?: () => void
}

/** Something could not be shown: what failed, what is safe, a way to try again, the request's id. */
export function ErrorState({ error, page, retry, ...words }: ErrorStateProps) {
  const t = useT()
  const what = words.what ?? (page === undefined ? undefined : t('kit.error.page', { page }))
  const action = retry ? (
    <Button variant="default" onClick={retry}>
      {t('kit.error.retry')}
    </Button>
  ) : undefined
  // A page's own code that can't be fetched says no more than that; the device knows why.
  if (error instanceof OfflineError || !navigator.onLine) {
    return (
      <Empty
        icon={<IconCloudOff size={28} stroke={1.5} />}
        title={what ?? t('kit.error.offline')}
        action={action}
      >
        {t('kit.error.offlineText')}
      </Empty>
    )
  }
  if (error instanceof ProblemError && error.status === 404) {
    return (
      <Empty icon={<IconMapSearch size={28} stroke={1.5} />} title={t('shell.notFound.title')}>
        {t('shell.notFound.text')}
      </Empty>
    )
  }
  const problem = error instanceof ProblemError ? error : undefined
  return (
    <Empty
      icon={<IconPlugConnectedX size={28} stroke={1.5} />}
      title={what ?? t('kit.error.title')}
      action={action}
    >
      <p>{problem?.detail || t(problem ? 'kit.error.text' : 'kit.error.textPlain')}</p>
      {problem ? (
        <p className="meta">
          {t('kit.error.request')} <Code>{problem.requestId}</Code>
        </p>
      ) : null}
    </Empty>
  )
}
