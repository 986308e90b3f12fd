import { useT } from '../../../web/i18n/use-t.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { FileDrop } from '../../../web/kit/file-drop.tsx'
import { Meter } from '../../../web/kit/meter.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { OfflineError, ProblemError } from '../../../web/problem-error.ts'
import { maxImportBytes } from '../../../contract/import-endpoints.ts'
import { useImportDoor } from './import-door.ts'
import type { ImportFacts } from './use-import.ts'
import type { useUpload } from './use-upload.ts'

const accept = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
}

/** Chooses the file and sends it; a cut upload goes on from the piece it stopped at. */
export function UploadStep({ upload, begun }: { upload: ReturnType<typeof useUpload>; begun?: ImportFacts }) {
  const t = useT()
  const format = useFormat()
  const { words } = useImportDoor()
  const { send, share, error } = upload
  const resuming = begun?.state === 'uploading' ? begun : undefined
  if (share !== undefined)
    return (
      <Meter
        share={share}
        label={t('imports.sending', { percent: format.percent(Math.floor(share * 100) / 100) })}
      />
    )
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      {begun?.failure ? (
        <Notice tone="danger" inline live>
          {begun.failure.message}
        </Notice>
      ) : null}
      {resuming ? (
        <Notice tone="info" inline>
          {t('imports.resume', { file: resuming.fileName })}
        </Notice>
      ) : null}
      <FileDrop
        title={t(`${words}.drop`)}
        hint={t('imports.dropHint')}
        accept={accept}
        maxBytes={maxImportBytes.csv}
        onFile={(file) =>
          void send(
            file,
            resuming && file.name === resuming.fileName && file.size === resuming.size ? resuming : undefined,
          )
        }
        {...(error !== undefined && { error: sentence(error, t('imports.cut')) })}
      />
      <p className="ink-2">{t('imports.columnsKnown')}</p>
    </div>
  )
}

function sentence(error: unknown, cut: string): string {
  if (error instanceof OfflineError) return cut
  if (error instanceof ProblemError) return Object.values(error.fields ?? {})[0]?.message ?? error.title
  return String(error)
}
