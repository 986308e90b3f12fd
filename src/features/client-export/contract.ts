import { z } from 'zod'
import { nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { clientSelection } from '../client-bulk/contract.ts'

/** Kinds of file. */
export const exportFormats = ['csv', 'xlsx'] as const

/** Writes a file of clients: those named, or all that a filter of the list lets through, in the list's order. */
export const exportClients = endpoint({
  name: 'exportClients',
  method: 'POST',
  path: '/clients/exports',
  summary: 'Write the clients the caller sees into a CSV or Excel file, as a job.',
  realms: ['agency'],
  may: 'clients.export',
  status: 202,
  body: z.strictObject({
    format: z.enum(exportFormats),
    selection: clientSelection,
    sort: z.string().max(60).optional(),
  }),
  answer: z.strictObject({ jobId: idAnswer('job') }),
  example: {
    body: { format: 'csv', selection: { query: { status: 'active' } } },
    answer: { jobId: 'job_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b' },
  },
})

/** The file, once its job is done: kept for a day, for whoever asked. */
export const downloadClientExport = endpoint({
  name: 'downloadClientExport',
  method: 'GET',
  path: '/clients/exports/:id/file',
  summary: 'The file of a finished export, for a day.',
  realms: ['agency'],
  may: 'clients.export',
  params: z.strictObject({ id: idInput('job') }),
  answer: nothing,
  streams: 'application/octet-stream',
  refusals: ['export.not_ready', 'export.expired'],
})
