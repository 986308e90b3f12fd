import type { Ctx } from '../../server/context.ts'
import { keepPastRequest } from '../support-requests/public.ts'
import { memberOf, type World } from './world.ts'

const operator = 'Équipe Canopée'

/** How the sample agency got its hierarchical modes: asked for, talked about, granted (C4). */
export async function sampleRequests(ctx: Ctx, world: World): Promise<void> {
  const camille = memberOf(world, 'camille')
  const openedBy = { userId: camille.userId, name: camille.part.name }
  const at = (days: number, minutes = 0) => world.born.add({ hours: days * 24, minutes }).toString()
  await keepPastRequest(ctx, {
    kind: 'hierarchy',
    title: 'Activer les modes à plusieurs niveaux',
    state: 'granted',
    openedBy,
    messages: [
      {
        side: 'agency',
        author: openedBy.name,
        at: at(2, 14),
        body: 'Bonjour, nous travaillons avec des managers et leurs consultants, chacun son portefeuille. Pouvez-vous activer le mode complet ?',
      },
      {
        side: 'operator',
        author: operator,
        at: at(2, 95),
        body: 'Bonjour, avec plaisir. Combien de personnes et de clients prévoyez-vous, à peu près ?',
      },
      {
        side: 'agency',
        author: openedBy.name,
        at: at(2, 140),
        body: 'Une quinzaine de personnes, et quelques centaines de clients d’ici un an.',
      },
    ],
    decided: { by: operator, at: at(3, 30) },
  })
}
