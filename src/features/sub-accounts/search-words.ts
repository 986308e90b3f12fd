/** The words of a search, at most eight, ready for LIKE: a percent sign is a percent sign. */
export function wordsIn(q: string | undefined): string[] {
  const words = (q ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  return words.slice(0, 8).map((word) => word.replaceAll(/[\\%_]/g, String.raw`\$&`))
}
