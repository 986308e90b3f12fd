import { useState } from 'react'
import type { ReactNode } from 'react'
import { Dropzone } from '@mantine/dropzone'
import type { FileRejection } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { IconFileUpload } from '@tabler/icons-react'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import './file-drop.css'

type FileDropProps = {
  /** What to drop: "Déposez votre fichier de clients ici". */
  title: string
  /** Formats and size in words; the size is added. */
  hint: ReactNode
  /** By type and extension: `{ 'text/csv': ['.csv'] }`. */
  accept: Record<string, string[]>
  maxBytes: number
  onFile: (file: File) => void
  busy?: boolean
  error?: string
}

/** A place to drop or choose one file; a wrong one is refused with the reason. */
export function FileDrop(props: FileDropProps) {
  const t = useT()
  const format = useFormat()
  const [refused, setRefused] = useState<string>()
  const explain = ([first]: FileRejection[]) => {
    const tooLarge = first?.errors.some((e) => e.code === 'file-too-large')
    const extensions = Object.values(props.accept).flat().join(', ')
    setRefused(
      tooLarge
        ? t('kit.file.tooLarge', { max: format.bytes(props.maxBytes) })
        : t('kit.file.wrongType', { types: extensions }),
    )
  }
  const error = props.error ?? refused
  return (
    <div className="file-drop">
      <Dropzone
        multiple={false}
        accept={props.accept}
        maxSize={props.maxBytes}
        loading={props.busy ?? false}
        inputProps={{ 'aria-label': props.title }}
        onDrop={([file]) => {
          setRefused(undefined)
          if (file) props.onFile(file)
        }}
        onReject={explain}
      >
        <div className="file-drop-text">
          <IconFileUpload size={30} stroke={1.4} aria-hidden="true" />
          <b>{props.title}</b>
          <span className="text-link">{t('kit.file.choose')}</span>
          <span className="meta">
            {props.hint} {t('kit.file.max', { max: format.bytes(props.maxBytes) })}
          </span>
        </div>
      </Dropzone>
      {error ? (
        <p className="file-drop-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}
