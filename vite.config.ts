import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const languages = ['fr', 'en', 'es', 'zh']

/** Builds the pages into dist/web, which the server sends (architecture.md, "Shape"). */
// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  plugins: [react()],
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
