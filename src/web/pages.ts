import type { Page } from './page-type.ts'
import { accountPages } from './pages-of-account.ts'
import { agencyPages } from './pages-of-agency.ts'
import { commonPages } from './pages-of-all.ts'
import { operatorPages } from './pages-of-operator.ts'

/** Every page of the product, by kind of host; each is loaded when first visited. */
export const pages: Page[] = [...operatorPages, ...agencyPages, ...accountPages, ...commonPages]
