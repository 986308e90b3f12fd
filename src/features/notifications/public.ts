export { notifyUsers } from './notify.ts'
export { unreadCount } from './read-notifications.ts'
