import { invalid } from './refusal.ts'

/** Where the next page of a list begins: the sort key and id of the last row, opaque to callers. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values of a cursor that `encodeCursor` made with as many; 422 on anything else, undefined on the first page. */
export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => typeof v === 'string' || typeof v === 'number')
    )
      return values.map(String)
  } catch {
    // Not one of ours.
  }
  throw invalid({ cursor: 'field.invalid' })
}
