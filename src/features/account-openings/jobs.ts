import { provisionAccount } from './provision-account.ts'

/** Preparing hosted accounts. */
export const accountOpeningJobs = [provisionAccount]
