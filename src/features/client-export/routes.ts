import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { downloadClientExport } from './download-client-export.ts'
import { exportClients } from './export-clients.ts'

/** Files of clients. */
export const clientExportRoutes: Route[] = [
  route(contract.exportClients, exportClients),
  route(contract.downloadClientExport, downloadClientExport),
]
