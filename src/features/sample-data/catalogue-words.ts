import type { ItemTheme } from '../../contract/catalogue-fields.ts'

/** Themes of the sample catalogue; content is `general`. */
export type SampleTheme = Exclude<ItemTheme, 'general'>

/** What a site's name is built around, by theme. */
export const themeWords: Record<SampleTheme, readonly string[]> = {
  agriculture: ['champs', 'semences', 'fermes', 'vergers', 'élevage', 'terroirs'],
  animals: ['chiens', 'chats', 'cavaliers', 'aquariums', 'oiseaux', 'vétérinaires'],
  automotive: ['moteurs', 'auto', 'motards', 'garages', 'électromobilité', 'carrosserie'],
  beauty: ['beauté', 'cosmétiques', 'coiffure', 'parfums', 'soins', 'maquillage'],
  business: ['entreprises', 'startups', 'managers', 'commerce', 'artisans', 'indépendants'],
  culture: ['livres', 'musées', 'cinéma', 'scènes', 'patrimoine', 'musique'],
  education: ['écoles', 'étudiants', 'formations', 'profs', 'apprentis', 'langues'],
  energy: ['solaire', 'énergies', 'chauffage', 'éoliennes', 'rénovation', 'pompes à chaleur'],
  environment: ['forêts', 'océans', 'climat', 'biodiversité', 'recyclage', 'littoral'],
  family: ['parents', 'bébés', 'ados', 'mamans', 'familles', 'grands-parents'],
  fashion: ['mode', 'sneakers', 'bijoux', 'couture', 'tendances', 'montres'],
  finance: ['épargne', 'bourse', 'crédits', 'assurances', 'fiscalité', 'placements'],
  food: ['cuisine', 'vins', 'recettes', 'fromages', 'pâtisserie', 'bistrots'],
  health: ['santé', 'nutrition', 'sommeil', 'pharmacie', 'yoga', 'prévention'],
  home: ['jardins', 'décoration', 'bricolage', 'piscines', 'maisons', 'menuiserie'],
  industry: ['usines', 'logistique', 'métallurgie', 'emballage', 'chantiers', 'machines'],
  law: ['avocats', 'notaires', 'droit social', 'contrats', 'juristes', 'copropriété'],
  leisure: ['jeux', 'photo', 'pêche', 'camping', 'collections', 'randonnée'],
  news: ['régions', 'actualités', 'débats', 'quartiers', 'Europe', 'médias'],
  real_estate: ['immobilier', 'logements', 'investisseurs', 'locations', 'terrains', 'syndics'],
  sport: ['vélo', 'course à pied', 'rugby', 'football', 'ski', 'fitness'],
  technology: ['logiciels', 'données', 'robots', 'cybersécurité', 'smartphones', 'cloud'],
  travel: ['voyages', 'trains', 'îles', 'montagnes', 'city breaks', 'vans'],
}

/** What stands before and after the word in a site's name. */
export const siteNames: readonly (readonly [string, string])[] = [
  ['Le journal des', ''],
  ['La gazette', ''],
  ['Planète', ''],
  ['Passion', ''],
  ['Le mag', ''],
  ['Carnets de', ''],
  ['Au fil des', ''],
  ['L’écho', ''],
  ['Univers', ''],
  ['', 'et compagnie'],
  ['', 'pratique'],
  ['', 'magazine'],
  ['', 'hebdo'],
  ['', 'en clair'],
  ['', 'du Sud'],
  ['', 'et vous'],
  ['Tout', ''],
  ['Blog', ''],
  ['Objectif', ''],
  ['Le guide', ''],
  ['', 'facile'],
  ['Vivre', ''],
  ['Atelier', ''],
  ['Terres et', ''],
  ['', '360'],
  ['La voix des', ''],
  ['Génération', ''],
  ['', 'à la une'],
]
