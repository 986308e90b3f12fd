import { existsSync, globSync, readFileSync } from 'node:fs'
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
 * Features whose texts come in a language's second file, fetched when one of their pages or panels is first
 * opened. Everything that signing in, the client list and its record show stays in the first.
 */
const lateFeatures = `
  account-access account-changes account-defaults account-home account-openings account-users agency-billing
  agency-mode budgets campaigns cards carts catalogue catalogue-items client-billing client-dashboard cockpit
  credits developers following hosted-accounts imports invoices operator order-fulfilment order-talk orders
  payment-providers payments plans projects renewals second-factor subscriptions support-requests wallets`
  .trim()
  .split(/\s+/)
const lateModule = new RegExp(`/src/features/(${lateFeatures.join('|')})/web/[^?]+\\.tsx?$`)

/**
 * The messages the pages show in a language, in two modules: `virtual:texts/fr`, and `virtual:texts-late/fr`
 * for the late features. Compiled here, so that no browser downloads nor runs the parser of ICU messages.
 */
export function pageTexts(): Plugin {
  const prefix = 'virtual:texts/'
  const latePrefix = 'virtual:texts-late/'
  return {
    name: 'page-texts',
    resolveId: (id) => (id.startsWith(prefix) || id.startsWith(latePrefix) ? `\0${id}` : undefined),
    load(id) {
      const language = locales.find((l) => id === `\0${prefix}${l}` || id === `\0${latePrefix}${l}`)
      if (!language) return undefined
      const late = lateKeys()
      const wanted = id.startsWith(`\0${latePrefix}`)
      const shown = Object.entries(readTexts(language)).filter(
        ([key]) => !serverOnly.test(key) && late.has(key) === wanted,
      )
      const compiled = shown.map(([key, message]) => [key, compileMessage(message)])
      // A string parses faster than a literal of this size.
      const json = JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))
      return { code: `export const texts = JSON.parse(${json})`, moduleType: 'js' }
    },
    // A module that may show a late text is not evaluated before those texts are there.
    transform: (code, id) =>
      lateModule.test(id) ? { code: `import '/src/web/i18n/late-texts.ts'\n${code}`, map: null } : undefined,
    // Names each language's first file, so that early-2.js can ask for the right one at once.
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

/** The keys of the second file: the late features' texts but for those that earlier code names or may name. */
function lateKeys(): Set<string> {
  const src = join(import.meta.dirname, '../src')
  const files = lateFeatures.map((feature) => join(src, 'features', feature, 'texts.fr.json'))
  const early = globSync('{web,contract,features/*}/**/*.{ts,tsx}', { cwd: src })
    .filter((file) => !file.endsWith('.gen.ts') && !file.endsWith('.test.ts'))
    .filter((file) => /^(web|contract)\/|\/web\//.test(file) && !lateModule.test(`/src/${file}`))
    .map((file) => readFileSync(join(src, file), 'utf8'))
  const named = new Set(early.flatMap((code) => code.match(/\b[a-z_]+(\.[\w-]+)+/g) ?? []))
  // `plans.name.${code}` may become any text that begins so.
  const begun = early.flatMap((code) => [...code.matchAll(/`([a-z_]+\.[\w.-]*)\$\{/g)].map((m) => m[1]!))
  const keys = files.flatMap((file) =>
    existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object) : [],
  )
  return new Set(keys.filter((key) => !named.has(key) && !begun.some((start) => key.startsWith(start))))
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
