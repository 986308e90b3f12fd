import { call } from '../../../web/call.ts'
import { translate } from '../../../web/i18n/use-t.ts'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { countCatalogueFacets, getCatalogueItem, hideCatalogueItems, searchCatalogue } from '../contract.ts'

/** Reads again whatever shows the catalogue. */
export function refreshCatalogue(): Promise<unknown> {
  return refresh(searchCatalogue, countCatalogueFacets, getCatalogueItem)
}

/** Keeps items back, or shows them again; "Annuler" for 9 s. */
export async function hideItems(items: string[], hidden: boolean): Promise<void> {
  const put = async (state: boolean) => {
    for (let i = 0; i < items.length; i += 500)
      await call(hideCatalogueItems, { body: { items: items.slice(i, i + 500), hidden: state } })
    await refreshCatalogue()
  }
  try {
    await put(hidden)
    undoable(translate(hidden ? 'catalogue.done.hidden' : 'catalogue.done.shown', { n: items.length }), () =>
      put(!hidden),
    )
  } catch (error) {
    notifyError(error)
  }
}
