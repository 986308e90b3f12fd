import { createContext, use } from 'react'
import type { TextKey } from '../../../contract/text-keys.gen.ts'
import type { refresh } from '../../../web/queries.ts'
import type { ImportEndpoints } from '../../../contract/import-endpoints.ts'

/** What the import page needs to know of the kind of file it brings in; all else is the same for every kind. */
export type ImportPageDoor = {
  endpoints: ImportEndpoints
  /** Words of its own are `<words>.title`, `<words>.field.<field>`… */
  words: 'imports' | 'catalogue.import'
  fields: readonly string[]
  /** The field that names a row in the lists of faults. */
  nameField: string
  jobs: { read: TextKey; check: TextKey; run: TextKey }
  /** The list that rows end up in, and its reads, to be asked again once they are in. */
  list: { title: TextKey; to: string; reads: readonly Parameters<typeof refresh>[number][] }
  run: (id: string) => string
}

/** Set by the page of each kind. */
export const ImportDoorContext = createContext<ImportPageDoor | undefined>(undefined)

/** The kind of import the page is about. */
export function useImportDoor(): ImportPageDoor {
  const door = use(ImportDoorContext)
  if (!door) throw new Error('an import page without a kind')
  return door
}
