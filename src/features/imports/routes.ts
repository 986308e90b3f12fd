import type { Route } from '../../server/route.ts'
import { clientDoor } from './client-imports.ts'
import { clientImports } from './contract.ts'
import { importRoutesOf } from './import-door.ts'

/** Imports of client files. */
export const importRoutes: Route[] = importRoutesOf(clientImports, clientDoor)
