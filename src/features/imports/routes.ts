import { route, type Route } from '../../server/route.ts'
import { checkImport, correctImportRow } from './check-import.ts'
import * as contract from './contract.ts'
import { downloadFaultyRows } from './download-faulty-rows.ts'
import { getImport, listImportRows, listImports } from './read-imports.ts'
import { pauseImport, runImport } from './run-import.ts'
import { createImport, discardImport, putImportChunk, readImport } from './upload.ts'

/** Imports of client files. */
export const importRoutes: Route[] = [
  route(contract.createImport, createImport),
  route(contract.putImportChunk, putImportChunk),
  route(contract.readImport, readImport),
  route(contract.getImport, getImport),
  route(contract.listImports, listImports),
  route(contract.checkImport, checkImport),
  route(contract.listImportRows, listImportRows),
  route(contract.correctImportRow, correctImportRow),
  route(contract.runImport, runImport),
  route(contract.pauseImport, pauseImport),
  route(contract.downloadFaultyRows, downloadFaultyRows),
  route(contract.discardImport, discardImport),
]
