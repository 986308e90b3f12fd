import type { Role } from '../../contract/rights.ts'

/** Somebody of the sample agency. */
export type Part = {
  key: string
  name: string
  role: Role
  /** Key of the person above; at the root when absent. */
  parent?: string
  jobTitle: string
  state?: 'invited' | 'disabled'
  /** Months before today that they joined. */
  since: number
  /** Hours since they were last seen. */
  seen: number
  seesUnassigned?: boolean
}

/** Its address, unless a real agency already took it. */
export const sampleSlug = 'studio-lumiere'
/** Its name. */
export const sampleName = 'Studio Lumière'
/** How old it is, in months. */
export const sampleAge = 14
/** The password of everybody in it, shown on screen: trying another view takes a minute. */
export const samplePassword = 'trois ponts sur la saône'

/** Everybody in it: an owner, 3 managers, 8 consultants, 4 people of clients, one who left, one invited. */
export const cast: readonly Part[] = [
  { key: 'camille', name: 'Camille Rousseau', role: 'owner', jobTitle: 'Fondatrice', since: 14, seen: 2 },
  {
    key: 'karim',
    name: 'Karim Haddad',
    role: 'manager',
    jobTitle: 'Directeur conseil, Sud-Est',
    since: 14,
    seen: 1,
  },
  {
    key: 'elise',
    name: 'Élise Brunet',
    role: 'manager',
    jobTitle: 'Directrice conseil, Ouest',
    since: 13,
    seen: 5,
  },
  {
    key: 'thomas',
    name: 'Thomas Nguyen',
    role: 'manager',
    jobTitle: 'Directeur conseil, grands comptes',
    since: 11,
    seen: 26,
  },
  {
    key: 'adrien',
    name: 'Adrien Colas',
    role: 'consultant',
    parent: 'karim',
    jobTitle: 'Consultant acquisition',
    since: 13,
    seen: 1,
  },
  {
    key: 'hugo',
    name: 'Hugo Perrin',
    role: 'consultant',
    parent: 'karim',
    jobTitle: 'Consultant référencement',
    since: 12,
    seen: 3,
  },
  {
    key: 'awa',
    name: 'Awa Diop',
    role: 'consultant',
    parent: 'karim',
    jobTitle: 'Consultante contenus',
    since: 8,
    seen: 20,
  },
  {
    key: 'jade',
    name: 'Jade Moreau',
    role: 'consultant',
    parent: 'elise',
    jobTitle: 'Consultante acquisition',
    since: 12,
    seen: 4,
  },
  {
    key: 'ines',
    name: 'Inès Fontaine',
    role: 'consultant',
    parent: 'elise',
    jobTitle: 'Consultante réseaux sociaux',
    since: 10,
    seen: 28,
  },
  {
    key: 'samir',
    name: 'Samir Benali',
    role: 'consultant',
    parent: 'elise',
    jobTitle: 'Consultant données',
    since: 6,
    seen: 52,
  },
  {
    key: 'lucas',
    name: 'Lucas Renard',
    role: 'consultant',
    parent: 'thomas',
    jobTitle: 'Consultant stratégie',
    since: 11,
    seen: 2,
  },
  {
    key: 'lea',
    name: 'Léa Garnier',
    role: 'consultant',
    parent: 'thomas',
    jobTitle: 'Consultante médias',
    since: 7,
    seen: 6,
  },
  {
    key: 'bruno',
    name: 'Bruno Lacroix',
    role: 'consultant',
    parent: 'elise',
    jobTitle: 'Consultant référencement',
    state: 'disabled',
    since: 13,
    seen: 24 * 75,
  },
  {
    key: 'nadia',
    name: 'Nadia Ferrand',
    role: 'consultant',
    parent: 'thomas',
    jobTitle: 'Consultante médias',
    state: 'invited',
    since: 0,
    seen: 0,
  },
  { key: 'helene', name: 'Hélène Berthe', role: 'client', jobTitle: 'Gérante', since: 9, seen: 30 },
  { key: 'marc', name: 'Marc Vasseur', role: 'client', jobTitle: 'Gérant', since: 7, seen: 90 },
  {
    key: 'sofia',
    name: 'Sofia Delmas',
    role: 'client',
    jobTitle: 'Responsable communication',
    since: 5,
    seen: 12,
    seesUnassigned: false,
  },
  {
    key: 'paul',
    name: 'Paul Tessier',
    role: 'client',
    jobTitle: 'Directeur',
    since: 3,
    seen: 24 * 9,
    seesUnassigned: false,
  },
]

/** Address of a person of the agency, on the domain that nobody can own. */
export function emailOf(part: Part, client?: { website: string }): string {
  const plain = part.name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.')
  return `${plain}@${client?.website ?? 'studio-lumiere.example'}`
}

/** Which client each person of a client belongs to: the firms they run. */
export const clientOf: Record<string, string> = {
  helene: 'Boulangerie Berthe',
  marc: 'Garage Vasseur',
  sofia: 'Clinique Delmas',
  paul: 'Chocolaterie Tessier',
}
