/** What to do when a signed-in page finds its session gone; the router sets it once it exists. */
let listener: (() => void) | undefined

/** Sets what happens when a session turns out to be gone. */
export function onSessionLost(react: () => void): void {
  listener = react
}

/** Tells that the server no longer knows this page's session. */
export function sessionLost(): void {
  listener?.()
}
