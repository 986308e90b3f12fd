import { sqlState } from './db.ts'

/** How often a transaction is run that the database ends so that others, who wait for it in a circle, may go on. */
const triesInACircle = 4

/**
 * Runs a transaction again that PostgreSQL chose to end in a deadlock (decision 0010): nothing of it was kept or has
 * left, and whoever stood in its way is through by now. For what opens no other transaction and leaves the exchange
 * alone.
 */
export async function letThrough<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++)
    try {
      return await transaction()
    } catch (error) {
      if (tried === triesInACircle || sqlState(error) !== '40P01') throw error
    }
}
