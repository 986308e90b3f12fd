import { z } from 'zod'
import { instant, nothing } from './common.ts'
import { endpoint, type RealmKind } from './endpoint.ts'
import { idAnswer, idInput, type IdKind } from './ids.ts'
import type { Right } from './rights.ts'

/** Bytes of a piece of the file, but for the last one. */
export const chunkBytes = 700_000
/** Largest file of each format, bytes. */
export const maxImportBytes = { csv: 100_000_000, xlsx: 20_000_000 } as const

const params = z.strictObject({ id: idInput('import') })

/** A fault keeps its row out; a remark says what was understood or mended. */
export const importIssue = z.strictObject({
  severity: z.enum(['fault', 'remark']),
  /** Column it concerns, when one. */
  column: z.int().nullable(),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})

const importState = z.enum([
  'uploading',
  'reading',
  'mapping',
  'checking',
  'checked',
  'running',
  'done',
  'failed',
])

/** An import: its file, columns, progress and counts. */
export const importAnswer = z.strictObject({
  id: idAnswer('import'),
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx']),
  size: z.int(),
  chunkBytes: z.int(),
  chunkCount: z.int(),
  /** Pieces already received: an upload goes on where it stopped. */
  receivedChunks: z.array(z.int()),
  state: importState,
  /** Why the whole file was refused. */
  failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  headers: z.array(z.string()),
  /** First rows, for the matching of columns. */
  sample: z.array(z.array(z.string())),
  mapping: z.record(z.string(), z.string()),
  updateExisting: z.boolean(),
  rowCount: z.int(),
  counts: z.strictObject({
    ready: z.int(),
    faulty: z.int(),
    remarked: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
  }),
  /** Issues by text key, most frequent first: what the check found, in a few lines. */
  summary: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(['fault', 'remark']),
      message: z.string(),
      rows: z.int(),
    }),
  ),
  jobId: idAnswer('job').nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
})

const accepted = z.strictObject({ jobId: idAnswer('job') })

/** Which file an import's endpoints are about, where, and for whom. */
export type ImportOf = {
  realms: RealmKind[]
  may: Right
  path: string
  /** In the endpoints' names: `create${word}Import`; empty for clients. */
  word: string
  /** In their summaries: what a row is. */
  what: string
  /** Fields that a column may fill. */
  fields: readonly [string, ...string[]]
  /** What a row becomes. */
  outcome: { field: string; kind: IdKind }
}

/** The endpoints of one kind of import: the same twelve for each, so that one page and one set of use cases serve all. */
export function importEndpoints(of: ImportOf) {
  const common = { realms: of.realms, may: of.may }
  const field: z.ZodType<string, string> = z.enum(of.fields)

  /** Announces a file; its pieces follow. */
  const createImport = endpoint({
    ...common,
    name: `create${of.word}Import`,
    method: 'POST',
    path: `${of.path}`,
    summary: `Announce a CSV or XLSX file of ${of.what}; send its pieces next.`,
    body: z.strictObject({
      fileName: z.string().trim().min(1, 'field.required').max(255),
      size: z.int().min(1, 'imports.empty_file'),
    }),
    answer: importAnswer,
    status: 201,
  })

  /** One piece, base64; sending it again replaces it. */
  const putImportChunk = endpoint({
    ...common,
    name: `put${of.word}ImportChunk`,
    method: 'PUT',
    path: `${of.path}/:id/chunks/:number`,
    summary: 'Send one piece of the file, base64.',
    params: z.strictObject({ id: idInput('import'), number: z.coerce.number().int().min(0).max(10_000) }),
    body: z.strictObject({ data: z.base64().max(1_000_000) }),
    answer: nothing,
    refusals: ['import.state'],
  })

  /** Reads the file once all its pieces are there. */
  const readImport = endpoint({
    ...common,
    name: `read${of.word}Import`,
    method: 'POST',
    path: `${of.path}/:id/read`,
    summary: 'Read the file into rows and propose which column fills which field.',
    params,
    answer: accepted,
    status: 202,
    refusals: ['import.state', 'import.incomplete', 'import.binary'],
  })

  /** One import. */
  const getImport = endpoint({
    ...common,
    name: `get${of.word}Import`,
    method: 'GET',
    path: `${of.path}/:id`,
    summary: 'One import: file, columns, counts.',
    params,
    answer: importAnswer,
  })

  /** The viewer's imports, newest first, at most 50. */
  const listImports = endpoint({
    ...common,
    name: `list${of.word}Imports`,
    method: 'GET',
    path: `${of.path}`,
    summary: 'Imports of the caller.',
    answer: z.strictObject({ data: z.array(importAnswer) }),
  })

  /** Says which column fills which field, and checks every row without writing a client (dry run). */
  const checkImport = endpoint({
    ...common,
    name: `check${of.word}Import`,
    method: 'POST',
    path: `${of.path}/:id/check`,
    summary: 'Match columns to fields and check every row; nothing is written.',
    params,
    body: z.strictObject({
      mapping: z.record(z.string().regex(/^\d{1,4}$/), field),
      updateExisting: z.boolean().default(true),
    }),
    answer: accepted,
    status: 202,
    refusals: ['import.state'],
  })

  /** Rows of an import, by line, filtered by what became of them. */
  const listImportRows = endpoint({
    ...common,
    name: `list${of.word}ImportRows`,
    method: 'GET',
    path: `${of.path}/:id/rows`,
    summary: 'Rows of an import with their faults and remarks.',
    params,
    query: z.strictObject({
      show: z.enum(['all', 'faulty', 'remarked', 'ready', 'created', 'updated', 'unchanged']).default('all'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.coerce.number().int().min(0).optional(),
    }),
    answer: z.strictObject({
      data: z.array(
        z.strictObject({
          number: z.int(),
          cells: z.array(z.string()),
          state: z.enum(['read', 'ready', 'faulty', 'created', 'updated', 'unchanged']),
          issues: z.array(importIssue),
          ...({ [of.outcome.field]: idAnswer(of.outcome.kind).nullable() } as {
            clientId: z.ZodNullable<z.ZodString>
          }),
        }),
      ),
      nextCursor: z.int().nullable(),
    }),
  })

  /** Corrects cells of one row and checks it again. */
  const correctImportRow = endpoint({
    ...common,
    name: `correct${of.word}ImportRow`,
    method: 'PATCH',
    path: `${of.path}/:id/rows/:number`,
    summary: 'Correct cells of a row; it is checked again at once.',
    params: z.strictObject({ id: idInput('import'), number: z.coerce.number().int().min(1) }),
    body: z.strictObject({ cells: z.record(z.string().regex(/^\d{1,4}$/), z.string().max(10_000)) }),
    answer: nothing,
    refusals: ['import.state'],
  })

  /** Writes the good rows; the faulty ones stay, to be corrected. */
  const runImport = endpoint({
    ...common,
    name: `run${of.word}Import`,
    method: 'POST',
    path: `${of.path}/:id/run`,
    summary: 'Import every good row; goes on by itself after a crash.',
    params,
    answer: accepted,
    status: 202,
    refusals: ['import.state', 'import.nothing_ready'],
  })

  /** Stops a running import after the batch it is at; what is in stays in, the rest waits. */
  const pauseImport = endpoint({
    ...common,
    name: `pause${of.word}Import`,
    method: 'POST',
    path: `${of.path}/:id/pause`,
    summary: 'Stop a running import after the batch it is at; it can be run again for the rest.',
    params,
    answer: nothing,
    refusals: ['import.state'],
  })

  /** The faulty rows as a file, with a column that says why. */
  const downloadFaultyRows = endpoint({
    ...common,
    name: `download${of.word}FaultyRows`,
    method: 'GET',
    path: `${of.path}/:id/faulty-rows.csv`,
    summary: 'The faulty rows as CSV, with the reason, to correct and import again.',
    params,
    answer: nothing,
    streams: 'text/csv',
  })

  /** Takes an import and its file away; clients already imported stay. */
  const discardImport = endpoint({
    ...common,
    name: `discard${of.word}Import`,
    method: 'DELETE',
    path: `${of.path}/:id`,
    summary: `Discard an import and its file; imported ${of.what} stay.`,
    params,
    answer: nothing,
    refusals: ['import.state'],
  })

  return {
    createImport,
    putImportChunk,
    readImport,
    getImport,
    listImports,
    checkImport,
    listImportRows,
    correctImportRow,
    runImport,
    pauseImport,
    downloadFaultyRows,
    discardImport,
  }
}

/** The endpoints of any kind of import. */
export type ImportEndpoints = ReturnType<typeof importEndpoints>
