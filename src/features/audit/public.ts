export { auditAnswer, type AuditFilters } from './find-events.ts'
