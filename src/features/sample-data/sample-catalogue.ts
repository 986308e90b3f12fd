import { operatorId } from '../../server/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { within } from '../../server/within.ts'
import { loadItems } from '../catalogue-items/public.ts'
import { siteNames, themeWords, type SampleTheme } from './catalogue-words.ts'
import { seededRandom, type SeededRandom } from './seeded-random.ts'
import { memberOf, type World } from './world.ts'

/** Items of the sample catalogue. */
const linkCount = 1_180
const adCount = 230

/**
 * The operator's catalogue, if it has none, through the code that imports files; and what the sample agency makes of
 * it: a margin, a dearer margin for the best sites, prices rounded to 5 euros, weak sites kept back.
 */
export async function sampleCatalogue(ctx: Ctx, world: World): Promise<void> {
  await within(ctx, operatorId, async (inner) => {
    const [known] = await inner.tx.query<{ there: boolean }>(
      'sample_catalogue_there',
      `select exists (select from catalogue_item where agency_id = $1) as there`,
      [operatorId],
    )
    if (!known!.there) await loadItems(inner, sampleFile())
  })
  const owner = memberOf(world, 'camille')
  // Chance of its own: the other parts' is theirs.
  const random = seededRandom(1_511)
  const rules = [
    { effect: 'hide', trust: 8, percent: 0, fixed: 0, from: null, round: 1 },
    { effect: 'margin', trust: null, percent: 3000, fixed: 0, from: 40_000, round: 500 },
    { effect: 'margin', trust: null, percent: 2000, fixed: 500, from: null, round: 500 },
  ]
  await ctx.tx.query(
    'sample_catalogue_rules',
    `insert into catalogue_rule (agency_id, id, effect, position, trust_below, percent_basis_points, fixed, price_from, round_to, created_at, created_by_name)
     select $1, x.id, x.effect, x.position, x.trust, x.percent, x.fixed, x."from", x.round, $3, $4
     from jsonb_to_recordset($2::jsonb) as x(id uuid, effect text, position int, trust int, percent int, fixed bigint, "from" bigint, round bigint)`,
    [
      ctx.agencyId,
      JSON.stringify(rules.map((r, position) => ({ ...r, position, id: random.id(owner.joinedAt) }))),
      owner.joinedAt.toString(),
      owner.part.name,
    ],
  )
}

/** About 1,500 items as a French link platform would list them; the same on every installation. */
export function sampleFile(): string {
  const random = seededRandom(1_510)
  const lines = [
    'Référence;Type;Nom;Site;Thème;Langue;Pays;Trust Flow;Citation Flow;Trafic;Délai (jours);Prix HT;Description',
  ]
  const taken = new Set<string>()
  const themes = Object.keys(themeWords) as SampleTheme[]
  for (let i = 0; i < linkCount; i++) lines.push(link(random, random.pick(themes), taken, i + 1))
  for (let i = 0; i < adCount; i++) lines.push(ad(random, random.pick(themes), taken, i + 1))
  return [...lines, ...contents()].join('\n')
}

type Site = { name: string; host: string; language: string; country: string }

function site(random: SeededRandom, theme: SampleTheme, taken: Set<string>): Site {
  for (;;) {
    const place = random.next()
    const [language, country, ending] =
      place < 0.68
        ? ['français', 'France', 'fr']
        : place < 0.76
          ? ['français', 'Belgique', 'be']
          : place < 0.83
            ? ['français', 'Suisse', 'ch']
            : place < 0.92
              ? ['anglais', random.pick(['Royaume-Uni', 'Irlande']), 'uk']
              : ['espagnol', 'Espagne', 'es']
    const word = random.pick(themeWords[theme])
    const [before, after] = random.pick(siteNames)
    const name = `${before}${before ? ' ' : ''}${word}${after ? ' ' : ''}${after}`
    const host = `${name
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')}.${ending}.example`
    if (taken.has(host)) continue
    taken.add(host)
    return { name: name.charAt(0).toUpperCase() + name.slice(1), host, language, country } as Site
  }
}

/** Trust, citation and visits that go together: few strong sites, many middling ones. */
function strength(random: SeededRandom): { trust: number; citation: number; traffic: number } {
  const level = random.next() ** 1.7
  const trust = Math.round(4 + level * 68 + random.next() * 6)
  return {
    trust,
    citation: Math.min(90, Math.max(3, Math.round(trust * (0.8 + random.next() * 0.5)))),
    traffic: Math.round(10 ** (2.4 + level * 3.4 + random.next() * 0.6) / 10) * 10,
  }
}

function link(random: SeededRandom, theme: SampleTheme, taken: Set<string>, n: number): string {
  const { name, host, language, country } = site(random, theme, taken)
  const { trust, citation, traffic } = strength(random)
  const euros = Math.round((25 + trust ** 1.55 * (0.8 + random.next() * 0.5)) / 5) * 5
  const what = random.pick([
    'Article invité de 600 mots, un lien, publié pour au moins un an.',
    'Lien dans un article existant, choisi avec la rédaction.',
    'Article de 800 mots rédigé par le site, un lien et une image.',
    'Article invité, deux liens possibles vers la même page.',
  ])
  return `NL-${String(n).padStart(4, '0')};Lien;${name};${host};${theme};${language};${country};${trust};${citation};${traffic};${random.pick([3, 5, 7, 7, 10, 14, 21])};${euros},00;${what}`
}

function ad(random: SeededRandom, theme: SampleTheme, taken: Set<string>, n: number): string {
  const { name, host, language, country } = site(random, theme, taken)
  const { trust, citation, traffic } = strength(random)
  const [format, share, what] = random.pick([
    ['pavé 300 × 250', 1, 'Pavé affiché un mois sur les pages de la rubrique, rapport hebdomadaire.'],
    ['bannière 970 × 250', 1.6, 'Bannière en haut de page pendant deux semaines.'],
    ['lettre d’information', 1.3, 'Encart dans un envoi de la lettre d’information, texte et image.'],
    ['publireportage', 2.4, 'Page sponsorisée en une pendant trois jours, puis archivée.'],
  ] as const)
  const euros = Math.max(60, Math.round((traffic * 0.0011 * share) / 10) * 10)
  return `NP-${String(n).padStart(4, '0')};Publicité;${name}, ${format};${host};${theme};${language};${country};${trust};${citation};${traffic};${random.pick([2, 3, 5, 7])};${euros},00;${what}`
}

function contents(): string[] {
  const kinds = [
    ['Article de blog, 500 mots', 45, 4],
    ['Article de blog, 800 mots', 70, 5],
    ['Article de fond, 1 500 mots', 140, 8],
    ['Fiche produit, 250 mots', 22, 3],
    ['Page de destination', 190, 7],
    ['Étude de cas', 260, 12],
    ['Communiqué de presse', 110, 4],
    ['Lettre d’information', 85, 4],
    ['Livre blanc, 12 pages', 890, 21],
    ['Scénario de vidéo, 90 secondes', 230, 10],
    ['Publication sociale, lot de 10', 95, 5],
    ['Traduction relue, 500 mots', 60, 4],
  ] as const
  const options = [
    ['', 1, 'Rédaction par un auteur du métier, une relecture comprise.'],
    [' avec visuels', 1.35, 'Rédaction et trois visuels libres de droits, une relecture comprise.'],
    [' par un expert', 1.9, 'Rédaction par un spécialiste du secteur, sources citées, deux relectures.'],
  ] as const
  const languages = [
    ['français', 'France', 1],
    ['anglais', 'Royaume-Uni', 1.2],
    ['espagnol', 'Espagne', 1.15],
  ] as const
  let n = 0
  return kinds.flatMap(([name, price, days]) =>
    options.flatMap(([option, factor, what]) =>
      languages.map(
        ([language, country, share]) =>
          `NC-${String(++n).padStart(4, '0')};Contenu;${name}${option}${language === 'français' ? '' : ` (${language})`};;Généraliste;${language};${country};;;;${days};${Math.round((price * factor * share) / 5) * 5},00;${what}`,
      ),
    ),
  )
}
