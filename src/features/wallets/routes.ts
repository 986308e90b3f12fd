import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { exportEntries } from './export-entries.ts'
import { getWallet } from './get-wallet.ts'
import { listEntries } from './list-entries.ts'

/** What wallets hold, and how it came to be. */
export const walletRoutes: Route[] = [
  route(contract.getWallet, getWallet, { readOnly: true }),
  route(contract.listEntries, listEntries, { readOnly: true }),
  route(contract.exportEntries, exportEntries),
]
