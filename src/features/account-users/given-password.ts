import { randomInt } from 'node:crypto'

/** Letters and digits that nobody takes for one another, read aloud or on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * A password to be read out or copied once: four groups of four of 31 signs, 79 bits, more than the 50 asked of
 * people's own. Whoever gets it is asked to choose their own.
 */
export function newGivenPassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
