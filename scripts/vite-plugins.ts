import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip as gzipCompress } from 'node:zlib'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import { locales } from '../src/contract/common.ts'
import { readTexts } from '../src/server/texts.ts'

const brotli = promisify(brotliCompress)
const gzip = promisify(gzipCompress)

/** Sentences only the server writes: refusals and mails. */
const serverOnly = /^refusal\.|\.mail\./

/**
 * `import texts from 'virtual:texts/fr'`: every message the pages show in a language, in one module,
 * compiled here so that no browser downloads nor runs the parser of ICU messages.
 */
export function pageTexts(): Plugin {
  const prefix = 'virtual:texts/'
  return {
    name: 'page-texts',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      const language = locales.find((l) => id === `\0${prefix}${l}`)
      if (!language) return undefined
      const shown = Object.entries(readTexts(language)).filter(([key]) => !serverOnly.test(key))
      const compiled = shown.map(([key, message]) => [key, compileMessage(message)])
      // A string parses faster than a literal of this size.
      const json = JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))
      return { code: `export const texts = JSON.parse(${json})`, moduleType: 'js' }
    },
    // Names each language's file, so that early-2.js can ask for the right one at once.
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {}).flatMap((part) => {
          const id = part.type === 'chunk' ? (part.facadeModuleId ?? '') : ''
          if (!id.startsWith(`\0${prefix}`)) return []
          const name = `texts-${id.slice(prefix.length + 1)}`
          return [
            { tag: 'meta', attrs: { name, content: `/${part.fileName}` }, injectTo: 'head-prepend' as const },
          ]
        }),
    },
  }
}

/**
 * Leaves zod's writer of JSON Schemas out of the pages: only the API's document needs it, and its methods
 * hang on every schema, so that no bundler can see that they are never called.
 */
export function withoutJsonSchema(): Plugin {
  const stub = '\0no-json-schema'
  const names = ['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod']
  return {
    name: 'without-json-schema',
    enforce: 'pre',
    resolveId: (id, importer) =>
      importer?.endsWith('/zod/v4/classic/schemas.js') &&
      /\/(json-schema-processors|to-json-schema)\.js$/.test(id)
        ? stub
        : undefined,
    load(id) {
      if (id !== stub) return undefined
      const refuse = `() => () => { throw new Error('JSON Schemas are not part of the pages') }`
      return `${names.map((name) => `export const ${name} = ${refuse}`).join('\n')}`
    },
  }
}

/** Writes each text file beside itself compressed, so that the server never compresses the same bytes twice. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))
      await Promise.all(
        names.map(async (name) => {
          const path = join(dir ?? '', name)
          const content = await readFile(path)
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
          await writeFile(`${path}.br`, await brotli(content, quality))
          await writeFile(`${path}.gz`, await gzip(content, { level: 9 }))
        }),
      )
    },
  }
}
