import type { Ctx } from '../../server/context.ts'
import { happenedTo } from './sample-history.ts'
import { latest, memberOf, type SampleClient, type SampleMember, type World } from './world.ts'

const notes = [
  'Point trimestriel fait au téléphone : satisfait des résultats, souhaite tester la vidéo au printemps.',
  'Le gérant préfère être appelé le matin, avant 10 h. Pas le mercredi.',
  'Accès Analytics reçus. Il manque encore ceux de la fiche d’établissement.',
  'Demande un devis pour refondre la page d’accueil avant la saison.',
  'Budget revu à la hausse pour deux mois, puis retour au niveau habituel.',
  'A changé de prestataire de site : prévenir avant toute mise en ligne.',
  'Bonne progression sur les recherches locales ; l’envoyer en exemple aux confrères du même secteur.',
  'Relance faite pour les photos. Réponse promise sous huit jours.',
  'Nouvelle adresse en cours : mettre à jour les annonces dès l’ouverture.',
  'Hésite à arrêter les annonces. Lui montrer le coût par appel des trois derniers mois.',
  'Compte rendu envoyé. Prochain rendez-vous après les vacances.',
  'Très content de la dernière campagne : 40 % de demandes en plus sur un an.',
] as const

/** What the team wrote on the clients, and other small work: the last of it is each client's last activity. */
export async function sampleNotes(ctx: Ctx, world: World): Promise<void> {
  const { random } = world
  const rows = world.clients.flatMap((c) => {
    const team = c.assignments.map((a) => a.member).filter((m) => m.part.role !== 'client')
    const since = c.assignments[0]?.at
    if (since === undefined || c.status === 'archived') return []
    const early = random.chance(0.35)
      ? [noteAt(ctx, world, c, random.pick(team), between(world, since, c.lastActivityAt))]
      : []
    if (random.chance(0.3)) budgetChanged(world, c, between(world, since, c.lastActivityAt))
    const last = latest(c.lastActivityAt, since)
    if (random.chance(0.3)) {
      budgetChanged(world, c, last)
      return early
    }
    return [...early, noteAt(ctx, world, c, random.pick(team), last)]
  })
  await ctx.db.insertInto('client_note').values(rows).execute()
}

/** The budget rose to what it is, by a step or from half of it. */
function budgetChanged(world: World, c: SampleClient, at: Temporal.Instant): void {
  const before = c.budget > 60_000n ? c.budget - BigInt(world.random.whole(1, 5)) * 10_000n : c.budget / 2n
  const money = (amount: bigint) => ({ amount: Number(amount), currency: 'EUR' })
  happenedTo(world, c, {
    by: c.home ?? memberOf(world, 'camille'),
    at,
    action: 'client.updated',
    data: { changes: { monthlyBudget: [money(before), money(c.budget)] } },
  })
}

function noteAt(ctx: Ctx, world: World, c: SampleClient, author: SampleMember, at: Temporal.Instant) {
  const id = world.random.id(at)
  happenedTo(world, c, { by: author, at, action: 'note.created', entity: { kind: 'note', id } })
  const when = at.toString()
  return {
    agency_id: ctx.agencyId,
    id,
    client_id: c.id,
    author_user_id: author.userId,
    author_name: author.part.name,
    body: world.random.pick(notes),
    created_at: when,
    updated_at: when,
  }
}

function between(world: World, from: Temporal.Instant, to: Temporal.Instant): Temporal.Instant {
  const length = Math.max(0, to.epochMilliseconds - from.epochMilliseconds)
  return from.add({ milliseconds: Math.floor(length * world.random.next()) })
}
