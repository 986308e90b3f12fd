import type { ImportField } from './contract.ts'

/** Titles as French and English exports write them, without accents, case or punctuation. */
export const clientTitles: Record<ImportField, string[]> = {
  name: [
    'raison sociale',
    'nom',
    'client',
    'nom du client',
    'societe',
    'entreprise',
    'name',
    'company',
    'company name',
    'account name',
  ],
  email: [
    'e mail de facturation',
    'email',
    'e mail',
    'mail',
    'courriel',
    'adresse electronique',
    'contact email',
    'email address',
  ],
  phone: ['telephone', 'tel', 'phone', 'mobile', 'numero de telephone', 'portable'],
  website: ['site web', 'site', 'url', 'domaine', 'website', 'domain', 'site internet'],
  city: ['ville', 'commune', 'localite', 'city', 'town'],
  country: ['pays', 'country', 'code pays'],
  sector: ['secteur', 'secteur d activite', 'activite', 'industrie', 'industry', 'sector'],
  tags: ['etiquettes', 'tags', 'mots cles', 'labels'],
  siren: ['siren', 'n siren', 'numero siren', 'no siren'],
  siret: ['siret', 'n siret', 'numero siret', 'no siret'],
  vatNumber: [
    'n tva',
    'tva',
    'numero de tva',
    'tva intracommunautaire',
    'n tva intracommunautaire',
    'vat',
    'vat number',
    'no tva',
  ],
  legalName: ['denomination', 'denomination sociale', 'legal name', 'nom legal'],
  addressLine1: ['adresse', 'adresse postale', 'rue', 'address', 'street'],
  postalCode: ['code postal', 'cp', 'postal code', 'zip', 'postcode'],
  assignee: [
    'responsable',
    'assigne a',
    'charge de compte',
    'gestionnaire',
    'owner',
    'assignee',
    'account manager',
    'commercial',
  ],
  monthlyBudget: ['budget mensuel', 'budget', 'monthly budget', 'budget mois'],
  clientSince: ['client depuis', 'date d entree', 'depuis', 'client since', 'start date', 'date de debut'],
  active: ['actif', 'active', 'statut', 'status', 'etat'],
  note: ['remarques', 'remarque', 'notes', 'note', 'commentaire', 'commentaires', 'comments'],
}

/** A title without accents, case, units in brackets or punctuation. */
export function titleKey(title: string): string {
  return title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\([^)]*\)/g, ' ')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** The fields that a file's titles look like: column number → field, each field at most once. */
export function guessMapping(
  headers: readonly string[],
  titles: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  const mapping: Record<string, string> = {}
  const taken = new Set<string>()
  headers.forEach((header, column) => {
    const key = titleKey(header)
    const field = Object.keys(titles).find((f) => !taken.has(f) && titles[f]!.includes(key))
    if (!field) return
    mapping[String(column)] = field
    taken.add(field)
  })
  return mapping
}
