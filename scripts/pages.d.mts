export function ensurePages(): void
