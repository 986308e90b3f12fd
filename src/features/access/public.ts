export { forgetEndedAccess } from './end-access-session.ts'
export { sightOf } from './sight-of.ts'
export {
  entrustedClientCondition,
  entrustedClients,
  entrustedIds,
  entrustedIdsSql,
  visibleClientCondition,
  visibleClients,
  type Viewer,
} from './visible-clients.ts'
export { whoSeesUnassigned } from './who-sees-unassigned.ts'
