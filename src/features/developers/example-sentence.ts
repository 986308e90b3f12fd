/**
 * A message as it would read, its variables filled in for the reference: figures by 3, everything else by an
 * ellipsis, since no value is the true one.
 */
export function exampleSentence(
  message: string,
  render: (values: Record<string, unknown>) => string,
): string {
  const values: Record<string, unknown> = {}
  for (const [, name, kind] of message.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+))?/g)) {
    if (name !== undefined && !(name in values))
      values[name] = kind === 'plural' || kind === 'number' || kind === 'selectordinal' ? 3 : '…'
  }
  return render(values)
}
