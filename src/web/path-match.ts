/** Whether an address is one of a page's, by its fixed parts: `/clients/$id/{-$tab}` takes `/clients/cli_1`. */
export function pathMatches(pattern: string, pathname: string): boolean {
  const wanted = pattern.split('/').filter(Boolean)
  const given = pathname.split('/').filter(Boolean)
  if (given.length > wanted.length) return false
  return wanted.every((part, i) => {
    if (part.startsWith('{-$')) return true
    return given[i] !== undefined && (part.startsWith('$') || part === given[i])
  })
}
