import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { exportHostedAccounts } from './export-hosted-accounts.ts'
import { getHostedAccount } from './get-hosted-account.ts'
import { getResaleSummary } from './get-resale-summary.ts'
import { listHostedAccountHistory } from './list-hosted-account-history.ts'
import { listHostedAccounts } from './list-hosted-accounts.ts'
import {
  archiveHostedAccount,
  disableHostedAccount,
  enableHostedAccount,
  restoreHostedAccount,
} from './set-status.ts'
import { updateHostedAccount } from './update-hosted-account.ts'

/** Hosted accounts: the list, one record, its status. */
export const hostedAccountRoutes: Route[] = [
  route(contract.listHostedAccounts, listHostedAccounts),
  route(contract.exportHostedAccounts, exportHostedAccounts),
  route(contract.getResaleSummary, getResaleSummary),
  route(contract.getHostedAccount, getHostedAccount),
  route(contract.updateHostedAccount, updateHostedAccount),
  route(contract.disableHostedAccount, disableHostedAccount),
  route(contract.enableHostedAccount, enableHostedAccount),
  route(contract.archiveHostedAccount, archiveHostedAccount),
  route(contract.restoreHostedAccount, restoreHostedAccount),
  route(contract.listHostedAccountHistory, listHostedAccountHistory),
]
