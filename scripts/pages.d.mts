export function ensurePages(): boolean
