export { clientIdentity, type ClientIdentity } from './client-identity.ts'
