/** A run of text in one font, as pdfmake takes it. */
export type Run = { text: string; font: 'Inter' | 'Noto' }

// Chinese characters, kana, and the signs and full-width forms set with them.
const chinese = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]+/g

/** A text cut where its script changes: Inter has no Chinese characters, Noto Sans SC has them. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  let from = 0
  for (const match of text.matchAll(chinese)) {
    if (match.index > from) runs.push({ text: text.slice(from, match.index), font: 'Inter' })
    runs.push({ text: match[0], font: 'Noto' })
    from = match.index + match[0].length
  }
  if (from < text.length) runs.push({ text: text.slice(from), font: 'Inter' })
  return runs
}
