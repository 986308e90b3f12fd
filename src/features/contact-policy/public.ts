export { mayBeTold } from './may-be-told.ts'
