import { route, type Route } from '../../server/route.ts'
import { checkImport, checkWork, correctImportRow } from './check-import.ts'
import { downloadFaultyRows } from './download-faulty-rows.ts'
import type { ImportEndpoints } from '../../contract/import-endpoints.ts'
import type { ImportDoor, ImportKind } from './import-kind.ts'
import { readWork } from './read-file.ts'
import { getImport, listImportRows, listImports } from './read-imports.ts'
import { importWork, pauseImport, runImport } from './run-import.ts'
import { createImport, discardImport, putImportChunk, readImport } from './upload.ts'

/** A kind of import with its long works, whose jobs `src/app.ts` lists. */
export function importDoor(kind: ImportKind): ImportDoor {
  return { ...kind, run: { read: readWork(kind), check: checkWork(kind), run: importWork(kind) } }
}

/** The routes of a kind of import: endpoint → use case, told which kind it is. */
export function importRoutesOf(of: ImportEndpoints, door: ImportDoor): Route[] {
  return [
    route(of.createImport, (ctx, input) => createImport(ctx, input, door)),
    route(of.putImportChunk, (ctx, input) => putImportChunk(ctx, input, door)),
    route(of.readImport, (ctx, input) => readImport(ctx, input, door)),
    route(of.getImport, (ctx, input) => getImport(ctx, input, door)),
    route(of.listImports, (ctx, input) => listImports(ctx, input, door)),
    route(of.checkImport, (ctx, input) => checkImport(ctx, input, door)),
    route(of.listImportRows, (ctx, input) => listImportRows(ctx, input, door)),
    route(of.correctImportRow, (ctx, input) => correctImportRow(ctx, input, door)),
    route(of.runImport, (ctx, input) => runImport(ctx, input, door)),
    route(of.pauseImport, (ctx, input) => pauseImport(ctx, input, door)),
    route(of.downloadFaultyRows, (ctx, input, exchange) => downloadFaultyRows(ctx, input, exchange, door)),
    route(of.discardImport, (ctx, input) => discardImport(ctx, input, door)),
  ]
}
