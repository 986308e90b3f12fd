import { paths } from '../../../web/paths.ts'
import type { ImportPageDoor } from '../../imports/web/import-door.ts'
import { ImportWizard } from '../../imports/web/import-page.tsx'
import {
  catalogueImportFields,
  catalogueImports,
  countOperatorItems,
  listOperatorItems,
} from '../contract.ts'

const door: ImportPageDoor = {
  endpoints: catalogueImports,
  words: 'catalogue.import',
  fields: catalogueImportFields,
  nameField: 'name',
  jobs: { read: 'job.catalogue.read', check: 'job.catalogue.check', run: 'job.catalogue.run' },
  list: {
    title: 'catalogue.title',
    to: paths.operatorCatalogue,
    reads: [listOperatorItems, countOperatorItems],
  },
  run: paths.catalogueImport,
}

/** Brings a file of items into the catalogue, as drafts. */
export function ImportItemsPage() {
  return <ImportWizard door={door} />
}
