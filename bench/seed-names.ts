import type { SeededRandom } from './seed-random.ts'

const trades = [
  ['Boulangerie', 'Commerce'],
  ['Pâtisserie', 'Commerce'],
  ['Garage', 'Automobile'],
  ['Menuiserie', 'Artisanat'],
  ['Plomberie', 'Artisanat'],
  ['Électricité', 'Artisanat'],
  ['Clinique vétérinaire', 'Santé'],
  ['Pharmacie', 'Santé'],
  ['Opticien', 'Santé'],
  ['Hôtel', 'Tourisme'],
  ['Camping', 'Tourisme'],
  ['Brasserie', 'Restauration'],
  ['Crêperie', 'Restauration'],
  ['Librairie', 'Culture'],
  ['Théâtre', 'Culture'],
  ['Cabinet', 'Conseil'],
  ['Étude', 'Droit'],
  ['Transports', 'Logistique'],
  ['Pépinières', 'Agriculture'],
  ['Domaine', 'Agriculture'],
] as const
const starts = [
  'Ber',
  'Ma',
  'Du',
  'Lé',
  'Gué',
  'Fon',
  'Ché',
  'Ro',
  'Bau',
  'Vi',
  'Tré',
  'Cas',
  'Mo',
  'Pré',
  'Au',
  'Ha',
  'Jou',
  'Ké',
  'Sau',
  'Val',
]
const middles = [
  'ran',
  'ti',
  'che',
  'lan',
  'ré',
  'vi',
  'do',
  'mi',
  'gué',
  'ba',
  'ne',
  'so',
  'lé',
  'par',
  'to',
  'fa',
]
const ends = [
  'ger',
  'neau',
  'ville',
  'rand',
  'tier',
  'zac',
  'let',
  'mont',
  'gnon',
  'bert',
  'lière',
  'court',
  'niès',
  'dac',
  'quet',
  'sseau',
]
const towns = [
  'Lyon',
  'Nantes',
  'Besançon',
  'Saint-Étienne',
  'Orléans',
  'Béziers',
  'Annecy',
  'Nîmes',
  'Angoulême',
  'Châteauroux',
  'Évreux',
  'Rennes',
  'Lille',
  'Quimper',
  'Pau',
  'Metz',
]

/** A firm of the bench's data. */
export type Firm = { name: string; sector: string; city: string; website: string }

/** A French firm's name, line of business, town and site; a few in a thousand share their name. */
export function makeFirm(random: SeededRandom): Firm {
  const [trade, sector] = random.pick(trades)
  const family = `${random.pick(starts)}${random.pick(middles)}${random.pick(middles)}${random.pick(ends)}`
  const site = `${trade}-${family}`
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(' ', '-')
    .toLowerCase()
  return { name: `${trade} ${family}`, sector, city: random.pick(towns), website: `${site}.fr` }
}
