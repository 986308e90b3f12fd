import { z } from 'zod'
import { instant, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

/** Fields of a client that a column may fill. */
export const importFields = [
  'name',
  'email',
  'phone',
  'website',
  'city',
  'country',
  'sector',
  'tags',
  'siren',
  'siret',
  'vatNumber',
  'legalName',
  'addressLine1',
  'postalCode',
  'assignee',
  'monthlyBudget',
  'clientSince',
  'active',
  'note',
] as const
/** One of them. */
export type ImportField = (typeof importFields)[number]

/** Bytes of a piece of the file, but for the last one. */
export const chunkBytes = 700_000
/** Largest file of each format, bytes. */
export const maxImportBytes = { csv: 100_000_000, xlsx: 20_000_000 } as const

const params = z.strictObject({ id: idInput('import') })
const field = z.enum(importFields)

/** A fault keeps its row out; a remark says what was understood or mended. */
export const importIssue = z.strictObject({
  severity: z.enum(['fault', 'remark']),
  /** Column it concerns, when one. */
  column: z.int().nullable(),
  field: field.nullable(),
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
  mapping: z.record(z.string(), field),
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

const common = { realms: ['agency' as const], may: 'clients.import' as const }
const accepted = z.strictObject({ jobId: idAnswer('job') })

/** Announces a file; its pieces follow. */
export const createImport = endpoint({
  ...common,
  name: 'createImport',
  method: 'POST',
  path: '/imports',
  summary: 'Announce a CSV or XLSX file of clients; send its pieces next.',
  body: z.strictObject({
    fileName: z.string().trim().min(1, 'field.required').max(255),
    size: z.int().min(1, 'imports.empty_file'),
  }),
  answer: importAnswer,
  status: 201,
})

/** One piece, base64; sending it again replaces it. */
export const putImportChunk = endpoint({
  ...common,
  name: 'putImportChunk',
  method: 'PUT',
  path: '/imports/:id/chunks/:number',
  summary: 'Send one piece of the file, base64.',
  params: z.strictObject({ id: idInput('import'), number: z.coerce.number().int().min(0).max(10_000) }),
  body: z.strictObject({ data: z.base64().max(1_000_000) }),
  answer: nothing,
  refusals: ['import.state'],
})

/** Reads the file once all its pieces are there. */
export const readImport = endpoint({
  ...common,
  name: 'readImport',
  method: 'POST',
  path: '/imports/:id/read',
  summary: 'Read the file into rows and propose which column fills which field.',
  params,
  answer: accepted,
  status: 202,
  refusals: ['import.state', 'import.incomplete', 'import.binary'],
})

/** One import. */
export const getImport = endpoint({
  ...common,
  name: 'getImport',
  method: 'GET',
  path: '/imports/:id',
  summary: 'One import: file, columns, counts.',
  params,
  answer: importAnswer,
})

/** The viewer's imports, newest first, at most 50. */
export const listImports = endpoint({
  ...common,
  name: 'listImports',
  method: 'GET',
  path: '/imports',
  summary: 'Imports of the caller.',
  answer: z.strictObject({ data: z.array(importAnswer) }),
})

/** Says which column fills which field, and checks every row without writing a client (dry run). */
export const checkImport = endpoint({
  ...common,
  name: 'checkImport',
  method: 'POST',
  path: '/imports/:id/check',
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
export const listImportRows = endpoint({
  ...common,
  name: 'listImportRows',
  method: 'GET',
  path: '/imports/:id/rows',
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
        clientId: idAnswer('client').nullable(),
      }),
    ),
    nextCursor: z.int().nullable(),
  }),
})

/** Corrects cells of one row and checks it again. */
export const correctImportRow = endpoint({
  ...common,
  name: 'correctImportRow',
  method: 'PATCH',
  path: '/imports/:id/rows/:number',
  summary: 'Correct cells of a row; it is checked again at once.',
  params: z.strictObject({ id: idInput('import'), number: z.coerce.number().int().min(1) }),
  body: z.strictObject({ cells: z.record(z.string().regex(/^\d{1,4}$/), z.string().max(10_000)) }),
  answer: nothing,
  refusals: ['import.state'],
})

/** Writes the good rows; the faulty ones stay, to be corrected. */
export const runImport = endpoint({
  ...common,
  name: 'runImport',
  method: 'POST',
  path: '/imports/:id/run',
  summary: 'Import every good row; goes on by itself after a crash.',
  params,
  answer: accepted,
  status: 202,
  refusals: ['import.state', 'import.nothing_ready'],
})

/** Stops a running import after the batch it is at; what is in stays in, the rest waits. */
export const pauseImport = endpoint({
  ...common,
  name: 'pauseImport',
  method: 'POST',
  path: '/imports/:id/pause',
  summary: 'Stop a running import after the batch it is at; it can be run again for the rest.',
  params,
  answer: nothing,
  refusals: ['import.state'],
})

/** The faulty rows as a file, with a column that says why. */
export const downloadFaultyRows = endpoint({
  ...common,
  name: 'downloadFaultyRows',
  method: 'GET',
  path: '/imports/:id/faulty-rows.csv',
  summary: 'The faulty rows as CSV, with the reason, to correct and import again.',
  params,
  answer: nothing,
  streams: 'text/csv',
})

/** Takes an import and its file away; clients already imported stay. */
export const discardImport = endpoint({
  ...common,
  name: 'discardImport',
  method: 'DELETE',
  path: '/imports/:id',
  summary: 'Discard an import and its file; imported clients stay.',
  params,
  answer: nothing,
  refusals: ['import.state'],
})
