export { visibleClientCondition, visibleClients, visibleToSubject } from './visible-clients.ts'
