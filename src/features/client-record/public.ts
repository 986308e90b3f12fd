export { findLookAlikes } from './find-look-alikes.ts'
export { lockClient, lockOpenClient, touchClient } from './lock-client.ts'
