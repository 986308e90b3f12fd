export { hasMailbox } from './read-mailbox.ts'
