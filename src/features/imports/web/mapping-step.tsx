import { useState } from 'react'
import { Button, Checkbox, Select } from '@mantine/core'
import type { TextKey } from '../../../contract/text-keys.gen.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { refresh } from '../../../web/queries.ts'
import { useImportDoor } from './import-door.ts'
import { StepActions } from './step-actions.tsx'
import type { ImportFacts } from './use-import.ts'
import './import.css'

/** Says which column fills which field, with what the file's first rows hold beside it. */
export function MappingStep({ facts, onChecked }: { facts: ImportFacts; onChecked: () => void }) {
  const t = useT()
  const { endpoints, fields, words } = useImportDoor()
  const { checkImport, getImport, listImportRows } = endpoints
  const [mapping, setMapping] = useState<Record<string, string>>(facts.mapping)
  const [update, setUpdate] = useState(facts.updateExisting)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const taken = Object.values(mapping)
  const choose = (column: number, field: string | null) => {
    const { [String(column)]: _, ...rest } = mapping
    setMapping(field === null ? rest : { ...rest, [column]: field })
    setFault(undefined)
  }
  const check = async () => {
    setBusy(true)
    try {
      await call(checkImport, { params: { id: facts.id }, body: { mapping, updateExisting: update } })
      await refresh(getImport, listImportRows)
      onChecked()
    } catch (error) {
      const message = error instanceof ProblemError ? error.fields?.['mapping']?.message : undefined
      if (message) setFault(message)
      else notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="import-mapping">
      {fault ? (
        <Notice tone="danger" inline live>
          {fault}
        </Notice>
      ) : null}
      {facts.headers.map((header, column) => (
        <div key={column} className="import-column">
          <div>
            <b>{header || t('imports.columnNumber', { n: column + 1 })}</b>
            <small className="ink-3">{samples(facts, column)}</small>
          </div>
          <Select
            aria-label={t('imports.fieldOf', { column: header || String(column + 1) })}
            placeholder={t('imports.ignored')}
            clearable
            allowDeselect
            value={mapping[String(column)] ?? null}
            onChange={(field) => choose(column, field)}
            data={fields.map((f) => ({
              value: f,
              label: t(`${words}.field.${f}` as TextKey),
              disabled: taken.includes(f) && mapping[String(column)] !== f,
            }))}
          />
        </div>
      ))}
      <Checkbox
        mt={8}
        label={t(`${words}.updateExisting`)}
        description={t(`${words}.updateExistingHint`)}
        checked={update}
        onChange={(e) => setUpdate(e.currentTarget.checked)}
      />
      <StepActions>
        <Button loading={busy} onClick={() => void check()}>
          {t('imports.checkRows', { n: facts.rowCount })}
        </Button>
      </StepActions>
    </div>
  )
}

function samples(facts: ImportFacts, column: number): string {
  const found = facts.sample.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  return [...new Set(found)].slice(0, 3).join(' · ') || '—'
}
