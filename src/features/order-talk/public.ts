export { keepFile, receiveFile, sendFile, type ReceivedFile } from './order-files.ts'
export { timelineOf } from './read-timeline.ts'
export { writeMessage } from './write-message.ts'
