import { route, type Route } from '../../server/route.ts'
import { checkCardSetup, enterTestCard, getCardSetup } from './change-setup.ts'
import * as contract from './contract.ts'
import { getAgencyCard, getClientCard } from './read-card.ts'
import { removeAgencyCard, removeClientCard } from './remove-card.ts'
import { startAgencyCard, startClientCard } from './start-card.ts'

/** Cards: the agency's one (B38), and those of clients who pay themselves. */
export const cardRoutes: Route[] = [
  route(contract.getAgencyCard, getAgencyCard),
  route(contract.getClientCard, getClientCard),
  route(contract.startAgencyCard, startAgencyCard, { detached: true }),
  route(contract.startClientCard, startClientCard, { detached: true }),
  route(contract.getCardSetup, getCardSetup),
  route(contract.enterTestCard, enterTestCard),
  route(contract.checkCardSetup, checkCardSetup, { detached: true }),
  route(contract.removeAgencyCard, removeAgencyCard),
  route(contract.removeClientCard, removeClientCard),
]
