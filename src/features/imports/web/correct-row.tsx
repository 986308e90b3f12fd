import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useImportDoor } from './import-door.ts'
import type { ImportRow } from './import-rows.tsx'
import type { ImportFacts } from './use-import.ts'

/** The cells of one row that fill a field, to be corrected and checked again. */
export function CorrectRow({
  facts,
  row,
  onDone,
}: {
  facts: ImportFacts
  row: ImportRow
  onDone: () => void
}) {
  const t = useT()
  const { correctImportRow, getImport, listImportRows } = useImportDoor().endpoints
  const [cells, setCells] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const columns = Object.keys(facts.mapping)
    .map(Number)
    .toSorted((a, b) => a - b)
  const save = async (event: React.FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await call(correctImportRow, { params: { id: facts.id, number: row.number }, body: { cells } })
      await refresh(getImport, listImportRows)
      onDone()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="import-correct" onSubmit={(e) => void save(e)}>
      {columns.map((column) => (
        <TextInput
          key={column}
          label={facts.headers[column] || t('imports.columnNumber', { n: column + 1 })}
          value={cells[column] ?? row.cells[column] ?? ''}
          error={row.issues.find((i) => i.column === column && i.severity === 'fault')?.message}
          onChange={(e) => setCells({ ...cells, [column]: e.currentTarget.value })}
        />
      ))}
      <div className="import-correct-foot">
        <Button variant="default" onClick={onDone}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={Object.keys(cells).length === 0}>
          {t('imports.checkAgain')}
        </Button>
      </div>
    </form>
  )
}
