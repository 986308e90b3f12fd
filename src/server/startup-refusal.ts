/**
 * The program cannot start, for a reason the person at the keyboard can mend.
 * `main.ts` prints the message alone (no stack) and exits with code 1.
 */
export class StartupRefusal extends Error {
  override name = 'StartupRefusal'

  /** Takes the same sentence in French and in English: the reader's language is not known yet. */
  constructor(french: string, english: string) {
    super(`${french}\n${english}`)
  }
}

/** Turns the error of a failed `listen` on `port` into a sentence; any other error is given back as it is. */
export function listenRefusal(error: unknown, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    return new StartupRefusal(
      `Le port ${port} est déjà utilisé par un autre programme. Arrêtez-le ou choisissez un autre port avec PORT.`,
      `Port ${port} is already used by another program. Stop it or choose another port with PORT.`,
    )
  }
  if (code === 'EACCES') {
    return new StartupRefusal(
      `Cet utilisateur n’a pas le droit d’ouvrir le port ${port}. Choisissez un port au-dessus de 1023 avec PORT.`,
      `This user may not open port ${port}. Choose a port above 1023 with PORT.`,
    )
  }
  return error
}
