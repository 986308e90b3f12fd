import { compileMessage } from '@lingui/message-utils/compileMessage'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const languages = ['fr', 'en', 'es', 'zh']

/** Compiles the ICU messages at build time, so that no browser downloads nor runs their parser. */
function compiledTexts(): Plugin {
  return {
    name: 'compiled-texts',
    enforce: 'pre',
    transform(code, id) {
      if (!/texts\.\w+\.json$/.test(id)) return undefined
      const texts = Object.entries(JSON.parse(code) as Record<string, string>)
      const compiled = Object.fromEntries(texts.map(([key, message]) => [key, compileMessage(message)]))
      return { code: `export default ${JSON.stringify(compiled)}`, moduleType: 'js' }
    },
  }
}

/** Builds the pages into dist/web, which the server sends (architecture.md, "Shape"). */
// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  plugins: [compiledTexts(), react()],
  publicDir: 'src/web/public',
  build: {
    outDir: 'dist/web',
    target: 'es2023',
    // The content policy allows fonts and scripts from our own host only, never `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // One file per language, whatever the number of features.
        codeSplitting: {
          groups: languages.map((language) => ({
            name: `texts-${language}`,
            test: new RegExp(`texts\\.${language}\\.json$`),
          })),
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
})
