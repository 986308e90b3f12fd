/** Tabs of a client's page, in their order. */
export const clientTabs = [
  'tableau-de-bord',
  'profil',
  'projets',
  'commandes',
  'facturation',
  'acces',
  'historique',
] as const
export type ClientTab = (typeof clientTabs)[number]

/** Tabs of a sub-account's page, in their order. */
export const memberTabs = ['profil', 'clients', 'acces', 'historique'] as const
export type MemberTab = (typeof memberTabs)[number]

/** Tabs of a hosted account's page, in their order. */
export const hostedAccountTabs = [
  'apercu',
  'formule',
  'facturation',
  'acces',
  'reglages',
  'historique',
] as const
export type HostedAccountTab = (typeof hostedAccountTabs)[number]

/**
 * Every address of the interface, by its English name. The words in the paths are French and are
 * never translated nor renamed: people keep links.
 */
export const paths = {
  home: '/',
  clients: '/clients',
  client: (id: string, tab?: ClientTab) => `/clients/${id}${tab ? `/${tab}` : ''}`,
  agency: (tab?: 'clients') => `/agence${tab ? `/${tab}` : ''}`,
  subAccounts: '/sous-comptes',
  subAccount: (id: string, tab?: MemberTab) => `/sous-comptes/${id}${tab ? `/${tab}` : ''}`,
  resale: '/revente',
  newHostedAccount: '/revente/nouveau',
  accountOpening: (id: string) => `/revente/ouvertures/${id}`,
  hostedAccount: (id: string, tab?: HostedAccountTab) => `/revente/comptes/${id}${tab ? `/${tab}` : ''}`,
  priceList: '/revente/tarifs',
  hostedAccountDefaults: '/revente/reglages',
  resaleQuestions: '/revente/questions',
  importRun: (id: string) => `/imports/${id}`,
  catalogue: '/catalogue',
  catalogueRules: '/catalogue/regles',
  following: '/suivi',
  operatorCatalogue: '/exploitant/catalogue',
  catalogueImport: (id: string) => `/exploitant/catalogue/imports/${id}`,
  invoices: '/facturation/historique',
  renewals: '/revente/renouvellements',
  /** `prepaye`, `sms` or `apercus`. */
  credits: (kind: string) => `/revente/credits/${kind}`,
  audit: '/journal',
  settings: (section?: string) => `/parametres${section ? `/${section}` : ''}`,
  profile: '/profil',
  rights: '/droits',
  accountUsers: '/utilisateurs',
  signIn: '/connexion',
  forgotPassword: '/mot-de-passe-oublie',
  resetPassword: '/reinitialiser',
  invitation: '/invitation',
  confirmEmail: '/confirmer',
  signUp: '/inscription',
  findAgency: '/retrouver',
  crossing: '/entrer',
  operator: '/exploitant',
  operatorInvoices: '/exploitant/factures',
  operatorSeller: '/exploitant/vendeur',
  operatorCredits: '/exploitant/credits',
  operatorRequests: '/exploitant/demandes',
  operatorRequest: (id: string) => `/exploitant/demandes/${id}`,
  supportRequests: '/demandes',
  supportRequest: (id: string) => `/demandes/${id}`,
  budgets: '/budgets',
  budget: (id: string) => `/budgets/${id}`,
  projects: '/projets',
  campaigns: '/campagnes',
  campaign: (id: string) => `/campagnes/${id}`,
  orders: '/commandes',
  order: (id: string) => `/commandes/${id}`,
  cart: (clientId: string) => `/panier/${clientId}`,
  operatorOrders: '/exploitant/commandes',
  operatorOrder: (agencyId: string, id: string) => `/exploitant/commandes/${agencyId}/${id}`,
  mailbox: '/boite-aux-lettres',
  apiReference: '/developers',
  billing: (tab?: 'paiement' | 'coordonnees') => `/facturation${tab ? `/${tab}` : ''}`,
  purchase: (id: string) => `/paiements/${id}`,
  /** A client's own card; without an id, that of one's own client. */
  paymentMethod: (clientId?: string) => `/moyen-de-paiement${clientId ? `/${clientId}` : ''}`,
  balance: '/solde',
} as const

/** Whether a menu entry is lit on its own page only: the pages below it have entries of their own. */
export function standsAlone(path: string): boolean {
  return path === paths.home || path === paths.operator
}

/** Whether the page at `at`, below the entry `path`, has an entry of its own, which alone is lit: invoices below billing. */
export function hasOwnEntry(path: string, at: string): boolean {
  return path === paths.billing() && at.startsWith(paths.invoices)
}

/** The sign-in page that leads back to where the user was. */
export function signInFrom(href: string): string {
  return href === '/' || href.startsWith(paths.signIn)
    ? paths.signIn
    : `${paths.signIn}?retour=${encodeURIComponent(href)}`
}

/** Where to go after sign-in: a path of this host only, never another site. */
export function safeReturn(target: string | undefined): string {
  return target && /^\/(?![/\\])/.test(target) ? target : paths.home
}
