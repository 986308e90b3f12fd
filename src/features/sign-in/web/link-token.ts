import { useState } from 'react'

/**
 * The token of the link that led here. Mails put it in the fragment (`#jeton=…`), which no server sees;
 * empty when the address was cut short on its way.
 */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('jeton') ?? '')
  return token
}
