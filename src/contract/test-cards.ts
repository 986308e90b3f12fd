/** What a test card does when it is added and when it is charged. */
export type TestCard = {
  number: string
  brand: string
  does: 'pays' | 'declined' | 'asks' | 'insufficient_funds' | 'fails_later' | 'stolen'
}

/**
 * The cards of the sandbox, the numbers payment people know by heart. `asks` wants 3-D Secure when it is added and
 * whenever somebody is at the screen; renewals then pass. `fails_later` and `insufficient_funds` can be added and
 * are refused when charged; `stolen` too, and for good.
 */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', brand: 'visa', does: 'pays' },
  { number: '5555555555554444', brand: 'mastercard', does: 'pays' },
  { number: '4000002500003155', brand: 'visa', does: 'asks' },
  { number: '4000000000000341', brand: 'visa', does: 'fails_later' },
  { number: '4000000000009995', brand: 'visa', does: 'insufficient_funds' },
  { number: '4000000000000002', brand: 'visa', does: 'declined' },
  { number: '4000000000009979', brand: 'visa', does: 'stolen' },
]

/** The card behind what somebody typed, blanks forgiven. */
export function testCardOf(typed: string): TestCard | undefined {
  const digits = typed.replaceAll(/\D/g, '')
  return testCards.find((c) => c.number === digits)
}

/** The token kept instead of the number: what the card does, and its last digits. */
export function tokenOf(card: TestCard): string {
  return `sandbox_${card.does}_${card.number.slice(-4)}`
}

/** What the card behind a token does. */
export function behaviourOf(token: string): TestCard['does'] {
  const card = testCards.find((c) => tokenOf(c) === token)
  if (!card) throw new Error(`no test card has the token ${token}`)
  return card.does
}
