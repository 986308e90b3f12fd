import { pages } from './pages.ts'
import { pathMatches } from './path-match.ts'

/** Fetches the code of the page the address asks for while the shell still asks who is there. */
export function preloadPage(pathname: string): void {
  for (const page of pages) {
    // A failure shows when the page itself is opened.
    if (pathMatches(page.path, pathname)) page.load().catch(() => undefined)
  }
}
