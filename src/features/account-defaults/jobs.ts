import { pushDefaults } from './push-defaults.ts'

/** Pushing default settings to the accounts there are. */
export const accountDefaultsJobs = [pushDefaults.job]
