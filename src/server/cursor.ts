import { z } from 'zod'
import { invalid } from './refusal.ts'

const value = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()])
export type CursorValue = z.output<typeof value>

/** The place a page of a list ended at, as the caller hands it back. Grants nothing: every query asks sight again. */
export function writeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values behind a cursor that must begin with `kind` and hold `length` values; 422 at `cursor` otherwise. */
export function readCursor(cursor: string, kind: string, length: number): CursorValue[] {
  let raw: unknown
  try {
    raw = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw invalid({ cursor: 'field.invalid' })
  }
  const parsed = z.array(value).length(length).safeParse(raw)
  if (!parsed.success || parsed.data[0] !== kind) throw invalid({ cursor: 'field.invalid' })
  return parsed.data
}
