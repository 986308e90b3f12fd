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
      values.every((v) => (typeof v === 'string' && !v.includes('\0')) || typeof v === 'number')
    )
      return values.map(String)
  } catch {
    // Not one of ours.
  }
  throw invalid({ cursor: 'field.invalid' })
}

/** The id in a cursor's value; 422 when it is none, so that a forged cursor is no server error. */
export function cursorId(value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value))
    throw invalid({ cursor: 'field.invalid' })
  return value
}

/** The instant in a cursor's value; 422 when it is none. */
export function cursorInstant(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  try {
    return Temporal.Instant.from(value).toString()
  } catch {
    throw invalid({ cursor: 'field.invalid' })
  }
}
