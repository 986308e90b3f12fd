import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getMailboxMail, listMailbox } from './read-mailbox.ts'

/** The development mailbox. */
export const mailboxRoutes: Route[] = [
  route(contract.listMailbox, listMailbox),
  route(contract.getMailboxMail, getMailboxMail),
]
