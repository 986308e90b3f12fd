import type { Endpoint } from '../../contract/endpoint.ts'
import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { apiBase } from '../../server/serve.ts'
import { linkTo } from '../../server/hosts.ts'
import { openapiDocument } from '../../server/openapi.ts'
import { readTexts } from '../../server/texts.ts'
import type { AnswerOf } from '../../contract/endpoint.ts'
import type { getOpenapi as contract } from './contract.ts'
import { exampleSentence } from './example-sentence.ts'

type Document = AnswerOf<typeof contract>

/** The use case over every endpoint of the product; a language's document is made once a process. */
export function getOpenapi(endpoints: () => readonly Endpoint[]): (ctx: Ctx) => Promise<Document> {
  const made = new Map<Locale, Document>()
  return async (ctx) => {
    const { config } = ctx.app
    let document = made.get(ctx.locale)
    if (!document) {
      const texts = readTexts(ctx.locale)
      const sentence = (code: string) => {
        const key = `refusal.${code}`
        return texts[key] === undefined
          ? undefined
          : exampleSentence(texts[key], (values) => ctx.app.texts.t(ctx.locale, key, values))
      }
      document = openapiDocument(endpoints(), config.baseUrl.origin, sentence) as Document
      made.set(ctx.locale, document)
    }
    return { ...document, servers: [{ url: linkTo(config, ctx.realm, apiBase) }] }
  }
}
