import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { accountRecordOf } from './account-answers.ts'
import type { AccountRecord, getHostedAccount as contract } from './contract.ts'

/** One hosted account with its subscription. */
export function getHostedAccount(ctx: Ctx, { params }: InputOf<typeof contract>): Promise<AccountRecord> {
  return accountRecordOf(ctx, params.id)
}
