import type { IdKind } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { Job } from '../../server/jobs.ts'

/** A fault keeps the row out; a remark says what was understood or mended. */
export type RowIssue = {
  severity: 'fault' | 'remark'
  column: number | null
  field: string | null
  code: string
  values?: Record<string, unknown>
}

/** A line of the file and its cells. */
export type ReadRow = { number: number; cells: readonly string[] }
/** A line as understood. */
export type CheckedRow = { number: number; parsed: Record<string, unknown>; issues: RowIssue[] }
/** A good line on its way in. */
export type ReadyRow<Parsed = Record<string, unknown>> = { number: number; parsed: Parsed }
/** What a line became: the id is that of the client, item… it made or met. */
export type RowOutcome = { number: number; state: 'created' | 'updated' | 'unchanged'; id: string }

/** Which column fills which field: column number → field. */
export type Mapping = Readonly<Record<string, string>>

/**
 * What one kind of file holds: how its columns are recognised, its rows understood and written. All else (pieces,
 * encoding, separator, progress, corrections, going on after a crash) is the same for every kind.
 */
export type ImportKind = {
  /** Value of `import.kind`. */
  kind: 'clients' | 'catalogue'
  /** Names of its long works; each has a text `job.<name>`. */
  works: { read: `${string}.${string}`; check: `${string}.${string}`; run: `${string}.${string}` }
  outcome: { field: string; kind: IdKind }
  /** Titles that its files give each field, as `titleKey` writes them. */
  titles: Readonly<Record<string, readonly string[]>>
  /** Fields without which a file says nothing, with the text key of the refusal. */
  required: readonly { field: string; refusal: string }[]
  /** Understands rows, without writing anything but the issues it finds. */
  check(ctx: Ctx, rows: readonly ReadRow[], mapping: Mapping): Promise<CheckedRow[]>
  /** What a row is recognised by, so that the second of two alike is a fault: SQL over `parsed`. */
  keySql: string
  /** Text key of that fault; its value is `line`. */
  twice: string
  /** Writes good rows in the transaction that also keeps what became of each. */
  write(ctx: Ctx, importId: string, rows: readonly ReadyRow[], updateExisting: boolean): Promise<RowOutcome[]>
  /** After the last row. */
  finished(ctx: Ctx): void
}

/** A long work as the use cases start it. */
export type ImportWork = { job: Job<never>; start(ctx: Ctx, input: { importId: string }): Promise<string> }

/** A kind of import with its long works: what every use case takes last. */
export type ImportDoor = ImportKind & { run: Record<'read' | 'check' | 'run', ImportWork> }
