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

/** What to do when an acting session turns out to be over; me.ts sets it. */
let actingListener: (() => void) | undefined

/** Sets what happens when an acting session turns out to be over. */
export function onActingEnded(react: () => void): void {
  actingListener = react
}

/** Tells that one no longer acts for anybody: the bar goes, and everything is read again in one's own sight. */
export function actingEnded(): void {
  actingListener?.()
}

/** What to do when the hosted account turns out to be closed; realm.ts sets it. */
let doorListener: (() => void) | undefined

/** Sets what happens when the hosted account turns out to be closed to its users. */
export function onDoorClosed(react: () => void): void {
  doorListener = react
}

/** Tells that the hosted account is closed to its users now: its pages give way to the one that says so. */
export function doorClosed(): void {
  doorListener?.()
}
