import type { Page } from './page-type.ts'

/** Every page of the product, in one list; each is loaded when first visited. */
export const pages: Page[] = []
