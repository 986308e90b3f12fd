export { auditAnswer, findEvents, type AuditFilters } from './find-events.ts'
