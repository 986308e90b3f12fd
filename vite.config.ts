import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip as gzipCompress } from 'node:zlib'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const gzip = promisify(gzipCompress)
const languages = ['fr', 'en', 'es', 'zh']

/** Sentences only the server writes: refusals and mails. */
const serverOnly = /^refusal\.|\.mail\./

/** Compiles the ICU messages at build time, so that no browser downloads nor runs their parser. */
function compiledTexts(): Plugin {
  return {
    name: 'compiled-texts',
    enforce: 'pre',
    transform(code, id) {
      if (!/texts\.\w+\.json$/.test(id)) return undefined
      const texts = Object.entries(JSON.parse(code) as Record<string, string>)
      const shown = texts.filter(([key]) => !serverOnly.test(key))
      const compiled = Object.fromEntries(shown.map(([key, message]) => [key, compileMessage(message)]))
      return { code: `export default ${JSON.stringify(compiled)}`, moduleType: 'js' }
    },
  }
}

/** Writes each text file beside itself compressed, so that the server never compresses the same bytes twice. */
function compressed(): Plugin {
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

/** Builds the pages into dist/web, which the server sends (architecture.md, "Shape"). */
// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  plugins: [compiledTexts(), react(), compressed()],
  publicDir: 'src/web/public',
  build: {
    outDir: 'dist/web',
    target: 'es2023',
    // The content policy allows fonts and scripts from our own host only, never `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // A browser opens six connections: few files of a good size rather than many small ones.
        codeSplitting: {
          groups: [
            ...languages.map((language) => ({
              name: `texts-${language}`,
              test: new RegExp(`texts\\.${language}\\.json$`),
            })),
            { name: 'base', tags: ['$initial'], test: /node_modules/ },
            { name: 'shell', tags: ['$initial'] },
            { name: 'parts', test: /src\/web\/|tabler/, minShareCount: 4 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
})
