import { pages } from '../../../web/pages.ts'

/** Where the agency keeps its card and billing details, perhaps on a tab of it; undefined where there is no such page. */
export function billingPlace(tab?: 'paiement' | 'coordonnees'): string | undefined {
  const path = '/facturation'
  return pages.some((page) => page.path === `${path}/{-$tab}`) ? `${path}${tab ? `/${tab}` : ''}` : undefined
}
