import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Properties, Property } from '../../../web/kit/record-layout.tsx'
import type { ImportFacts } from './use-import.ts'

/** The file and what is known of it so far. */
export function ImportSummary({ facts }: { facts: ImportFacts }) {
  const t = useT()
  const format = useFormat()
  const delimiter = facts.delimiter === '\t' ? t('imports.tab') : facts.delimiter
  return (
    <Properties>
      <Property name={t('imports.file')}>{facts.fileName}</Property>
      <Property name={t('imports.size')}>{format.bytes(facts.size)}</Property>
      {facts.rowCount > 0 ? (
        <Property name={t('imports.rows')}>{format.number(facts.rowCount)}</Property>
      ) : null}
      {facts.encoding ? <Property name={t('imports.encoding')}>{facts.encoding}</Property> : null}
      {delimiter ? <Property name={t('imports.delimiter')}>{delimiter}</Property> : null}
    </Properties>
  )
}
