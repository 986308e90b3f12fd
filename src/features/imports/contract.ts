import { importEndpoints } from '../../contract/import-endpoints.ts'

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

/** Imports of clients into the caller's agency. */
export const clientImports = importEndpoints({
  realms: ['agency'],
  may: 'clients.import',
  path: '/imports',
  word: '',
  what: 'clients',
  fields: importFields,
  outcome: { field: 'clientId', kind: 'client' },
})
export const {
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
} = clientImports
