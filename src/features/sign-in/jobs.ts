import type { Job } from '../../server/jobs.ts'
import { sendResetLink } from './request-password-reset.ts'

/** What sign-in does outside a request. */
export const signInJobs = [sendResetLink] as unknown as readonly Job[]
